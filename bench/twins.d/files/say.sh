#!/bin/sh
echo "said $1"
echo warn >&2
