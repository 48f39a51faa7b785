"""`python -m alongside`: the same as the command `alongside`."""

import sys

from alongside.site.console.main import main

sys.exit(main())
