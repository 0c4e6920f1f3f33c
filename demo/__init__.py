import sys
from importlib.util import find_spec

if find_spec("simcord") is None:
    sys.exit("The try-out needs more than the bot itself. `make demo` installs that, and starts it.")
