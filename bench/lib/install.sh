#!/bin/sh
# For cases of bench/twins that need more packages: installs those that are not there, without what they only recommend.
# usage, in a case's prepare: sh /run/twins/install PACKAGE...
set -eu
DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"
