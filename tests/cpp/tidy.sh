#!/usr/bin/env bash
# The support headers under clang-tidy, by the tests that use them: bash tests/cpp/tidy.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

tidy=$(command -v clang-tidy-16 || true)
if [ -z "$tidy" ]; then
  echo "skipped: there is no clang-tidy-16"
  exit 0
fi
printf '%s\n' tests/cpp/unit/*_test.cpp | xargs -P 2 -I '{}' "$tidy" --quiet '{}' \
  --header-filter='runtime/cpp/' -- -std=c++20 -Icodegen/runtime/cpp -Itests/cpp/unit
