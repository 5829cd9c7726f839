"""`python -m qa.command`: the shell command where no script of it is installed."""

import sys

from qa.command.main import main

if __name__ == "__main__":
    sys.exit(main())
