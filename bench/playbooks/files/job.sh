#!/bin/sh
# A job of the benchmark; it does nothing.
exit 0
