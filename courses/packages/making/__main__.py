"""`python -m courses.packages.making`: see `make`."""

import sys

from .make import main

sys.exit(main())
