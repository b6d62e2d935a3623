#!/bin/sh
# For cases of bench/twins: makes a repository of tiny RPM packages in a folder.
# usage, in a case's prepare: sh /run/twins/rpms FOLDER
set -eu
mkdir -p "$1"
cd "$1"

# package NAME VERSION [FURTHER LINE...]
package() {
    {
        printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: of the lab\nLicense: none\nBuildArch: noarch\n' "$1" "$2"
        name=$1
        shift 2
        [ $# -eq 0 ] || printf '%s\n' "$@"
        printf '%%description\nof the lab\n%%install\nmkdir -p %%{buildroot}/opt/lab\necho %s >%%{buildroot}/opt/lab/%s\n' "$name" "$name"
        printf '%%files\n/opt/lab/%s\n' "$name"
        [ "$name" != lab-failing ] || printf '%%post -p <lua>\nerror("of the lab")\n'
    } >package.spec
    rpmbuild --quiet -bb --define "_topdir $PWD/build" --define "_rpmdir $PWD" --define '_build_name_fmt %%{NAME}-%%{VERSION}.rpm' \
        --define '_buildhost lab' --define '_unpackaged_files_terminate_build 0' package.spec
    rm -rf build package.spec
}
package lab-one 1.0
package lab-one 2.0
package lab-two 1.0 'Requires: lab-one' 'Recommends: lab-extra' 'Provides: lab-feature = 3'
package lab-extra 1.0
package lab-failing 1.0
package lab-set 1.0 'Provides: pattern() = lab-set' 'Provides: pattern-visible()'
createrepo_c --quiet .
