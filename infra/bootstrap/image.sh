#!/usr/bin/env bash
# Makes a local container image of the nats-server of this machine, without a registry.
# Usage: infra/bootstrap/image.sh [nats-server] [tag]
# Defaults: $NATS_SERVER_BIN or the one on PATH, and muster-nats:local.
set -euo pipefail

bin="${1:-${NATS_SERVER_BIN:-$(command -v nats-server || true)}}"
tag="${2:-muster-nats:local}"

if [[ -z "$bin" || ! -x "$bin" ]]; then
  echo "image: no nats-server to put into the image (looked at: '${bin:-NATS_SERVER_BIN and PATH}')." >&2
  echo "image: run it through the bootstrap: node infra/bootstrap/run.mjs exec infra/bootstrap/image.sh" >&2
  exit 1
fi
if ! docker info >/dev/null 2>&1; then
  echo "image: no Docker engine answers. Start one, or go on without: the tests then use the process way." >&2
  exit 1
fi

sum="$(sha256sum "$bin" | cut -d' ' -f1)"
found="$(docker image inspect --format '{{index .Config.Labels "muster.nats-server.sha256"}}' "$tag" 2>/dev/null || true)"
if [[ "$found" == "$sum" ]]; then
  echo "image: $tag is up to date" >&2
  exit 0
fi

root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/tmp" "$root/data" "$root/etc/nats"
chmod 1777 "$root/tmp"
install -m 0755 "$bin" "$root/nats-server"

# A distribution's binary needs its C library and loader; the official one is static and ldd fails.
libs="$(ldd "$bin" 2>/dev/null | grep -o '/[^ ]*' || true)"
for lib in $libs; do
  install -D -m 0755 "$(readlink -f "$lib")" "$root$lib"
done

# Schedules with a time zone are computed by the server, which reads the zones from here.
if [[ -e /usr/share/zoneinfo/Europe/London ]]; then
  install -D -m 0644 "$(readlink -f /usr/share/zoneinfo/Europe/London)" "$root/usr/share/zoneinfo/Europe/London"
fi

tar -C "$root" -c . | docker import \
  --change 'ENTRYPOINT ["/nats-server"]' \
  --change 'EXPOSE 4222 6222 8222' \
  --change "LABEL muster.nats-server.sha256=$sum" \
  - "$tag" >/dev/null
docker run --rm --network none "$tag" --version >&2
echo "image: made $tag from $bin" >&2
