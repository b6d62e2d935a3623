#!/bin/sh
# Removes a service's .env after its deployment. usage: cleanup-secrets-post-deploy.sh SERVICE
set -eu
service=${1:?usage: cleanup-secrets-post-deploy.sh SERVICE}
rm -f "$(dirname "$0")/../services/$service/.env"
