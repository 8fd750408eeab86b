"""A small interpreter for the JavaScript that recorded cases are set up with."""
