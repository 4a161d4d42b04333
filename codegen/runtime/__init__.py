"""Static support code: real source that a target copies beside what it generates."""
