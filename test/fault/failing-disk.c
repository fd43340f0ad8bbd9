/* Makes writing or syncing of the database fail from the n-th call on: FAIL_CALL=pwrite|fsync, FAIL_AT=n, FAIL_ERRNO=e.
   FAIL_CALL=lie makes every sync a lie that succeeds, to show that the rigs would notice. SLOW_SYNC_US=n delays every sync. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int seen;

static int number(const char *name) {
	const char *text = getenv(name);
	return text ? atoi(text) : 0;
}

static int is_database(int fd) {
	char link[64], path[512];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length < 0) return 0;
	path[length] = 0;
	return strstr(path, "dianmao.db") != NULL;
}

static int fails(const char *call, int fd) {
	const char *wanted = getenv("FAIL_CALL");
	if (!wanted || strcmp(wanted, call) != 0 || !is_database(fd)) return 0;
	if (__sync_add_and_fetch(&seen, 1) < number("FAIL_AT")) return 0;
	errno = number("FAIL_ERRNO");
	return 1;
}

static int is_lie(void) {
	const char *wanted = getenv("FAIL_CALL");
	return wanted && strcmp(wanted, "lie") == 0;
}

static ssize_t write_at(const char *name, int fd, const void *data, size_t count, off_t at) {
	ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, name);
	return fails("pwrite", fd) ? -1 : next(fd, data, count, at);
}

static int sync_file(const char *name, int fd) {
	int (*next)(int) = dlsym(RTLD_NEXT, name);
	if (is_lie()) return 0;
	if (getenv("SLOW_SYNC_US")) usleep(number("SLOW_SYNC_US"));
	return fails("fsync", fd) ? -1 : next(fd);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return write_at("pwrite", fd, data, count, at); }
ssize_t pwrite64(int fd, const void *data, size_t count, off_t at) { return write_at("pwrite64", fd, data, count, at); }
int fsync(int fd) { return sync_file("fsync", fd); }
int fdatasync(int fd) { return sync_file("fdatasync", fd); }
