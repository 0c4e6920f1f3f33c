"""The try-out's way in: Ctrl-C ends it in words, also while it still loads."""

import sys

ENDED_EARLY = 130

if __name__ == "__main__":
    try:
        from demo.command_line import main

        sys.exit(main())
    except KeyboardInterrupt:
        print("\nThe try-out has ended.")
        sys.exit(ENDED_EARLY)
