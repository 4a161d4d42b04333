"""One Markdown page for each diagnostic code; `codegen.rulebook` reads them."""
