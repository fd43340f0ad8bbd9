#!/usr/bin/env bash
# Builds the image and runs it once on a machine without a container engine: needs root, buildah, podman, runc and
# debootstrap. Checks that it starts as an ordinary user, writes only to its volume, answers, says it is healthy,
# and stops cleanly. Usage: npm run build && docker/smoke.sh
set -euo pipefail
cd "$(dirname "$0")/.."

readonly work=${SMOKE_DIR:-$(mktemp -d)}
readonly suite=${SMOKE_SUITE:-bookworm}
readonly storage=(--root "$work/storage" --runroot "$work/run" --storage-driver vfs)
readonly name=dianmao-smoke-$$
readonly base=localhost/dianmao-base:$suite
readonly image=localhost/dianmao:smoke

say() { printf 'smoke: %s\n' "$*"; }
pod() { podman --log-level=fatal "${storage[@]}" --runtime=runc --cgroup-manager=cgroupfs "$@"; }
build() { buildah "${storage[@]}" "$@"; }

# Runs the image's own health check until it passes.
wait_healthy() {
	local attempt
	for attempt in $(seq 1 60); do
		if pod healthcheck run "$name" >/dev/null 2>&1; then
			say "healthy after $((attempt / 2)) s"
			return
		fi
		sleep 0.5
	done
	say "not healthy within 30 s"
	return 1
}

# shellcheck disable=SC2329
finish() {
	local code=$?
	if ((code)); then
		say "failed; the container said:"
		pod logs "$name" 2>&1 | tail -n 40 || true
	fi
	pod rm --force --time 2 "$name" >/dev/null 2>&1 || true
	[[ -n ${SMOKE_DIR:-} ]] || rm -rf "$work"
	exit "$code"
}
trap finish EXIT

[[ -x dist/dianmao ]] || { say "dist/dianmao is missing; run: npm run build"; exit 1; }

if ! build inspect --type image "$base" >/dev/null 2>&1; then
	if [[ ! -x $work/rootfs/bin/sh ]]; then
		say "making a Debian $suite base …"
		debootstrap --variant=minbase "$suite" "$work/rootfs" >"$work/debootstrap.log" 2>&1 ||
			{ tail -n 5 "$work/debootstrap.log"; exit 1; }
	fi
	container=$(build from scratch)
	build copy --quiet "$container" "$work/rootfs" / >/dev/null
	build commit --quiet --rm "$container" "$base" >/dev/null
fi

say "building the image …"
# Only docker/ and the binary go into the context: the checkout holds node_modules.
mkdir -p "$work/context/dist"
cp dist/dianmao "$work/context/dist/dianmao"
build bud --isolation=chroot --quiet --pull-never --format docker --build-arg "BASE=$base" \
	-f docker/Dockerfile -t "$image" "$work/context" >/dev/null

https=$((20000 + RANDOM % 20000))
http=$((https + 1))
say "starting it on port $https …"
pod run --detach --name "$name" --network=host --read-only --tmpfs /tmp \
	--ulimit nofile=20000:20000 --ulimit nproc=1000:1000 --volume "$name-data:/data" \
	"$image" --data /data --https-port "$https" --http-port "$http" >/dev/null

wait_healthy

[[ $(pod exec "$name" id -u) == 10001 ]] || { say "it runs as the wrong user"; exit 1; }
if pod exec "$name" sh -c 'echo x > /usr/local/bin/x' 2>/dev/null; then say "its own file system can be written"; exit 1; fi
pod exec "$name" sh -c 'test -n "$(ls -A /data)"' || { say "the volume is empty"; exit 1; }

status=$(curl --silent --insecure --output /dev/null --write-out '%{http_code}' "https://127.0.0.1:$https/" || true)
case $status in 200 | 302 | 303 | 307) say "HTTPS answers $status" ;; *) say "HTTPS answered $status"; exit 1 ;; esac

pod stop --time 20 "$name" >/dev/null
code=$(pod inspect --format '{{.State.ExitCode}}' "$name")
[[ $code == 0 ]] || { say "it stopped with exit code $code"; exit 1; }

say "starting it again on the same data …"
pod start "$name" >/dev/null
wait_healthy
say "image built, healthy as user 10001, stopped cleanly, came back: all good"
