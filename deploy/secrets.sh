#!/bin/sh
# The random secrets of docker-compose.yml, in secrets/, where they are not there yet. None of them has a default.
#
# The folder is closed to other users of this machine. The files in it can be read by every user inside the containers
# that mount them, because Compose hands them over with the mode they have here.
set -eu
cd "$(dirname "$0")/.."
umask 077
mkdir -p secrets

word() {
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

keep() {
  test -s "secrets/$1" && return
  printf '%s\n' "$2" > "secrets/$1"
  chmod 0444 "secrets/$1"
  echo "secrets/$1 is made"
}

keep postgres_password "$(word)"
keep secret_key "$(word)"
for role in owner app reader; do
  keep "database_${role}_url" "postgresql://border_${role}:$(word)@db/border"
done
