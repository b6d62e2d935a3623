#!/bin/sh
# Writes a service's .env from Infisical before its deployment. usage: fetch-secrets-pre-deploy.sh SERVICE
set -eu
umask 077
service=${1:?usage: fetch-secrets-pre-deploy.sh SERVICE}
folder=$(cd "$(dirname "$0")/../services/$service" && pwd)
infisical export --env=prod --path="/$service" --format=dotenv >"$folder/.env.new"
mv "$folder/.env.new" "$folder/.env"
