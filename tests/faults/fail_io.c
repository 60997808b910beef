/* Makes the n-th write, fsync or rename of a process fail: a disk that is full or broken, at every moment there is.
 *
 * LD_PRELOAD this library with FAIL_IO_AT=n (from 1; 0 = none), FAIL_IO_ERRNO=ENOSPC or EIO and FAIL_IO_COUNT=FILE, which
 * gets the number of calls when the process ends. Only regular files and directories count, not terminals or pipes;
 * with FAIL_IO_UNDER=DIR only those below that directory, with FAIL_IO_RANK=R only those of this rank under mpirun. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long num_calls;

/* True for the rank and the path that are to fail. */
static int is_meant(const char* path) {
  const char* under = getenv("FAIL_IO_UNDER");
  const char* rank = getenv("FAIL_IO_RANK");
  const char* mine = getenv("OMPI_COMM_WORLD_RANK");
  if (rank != NULL && (mine == NULL || strcmp(rank, mine) != 0)) return 0;
  return under == NULL || strncmp(path, under, strlen(under)) == 0;
}

/* Shared memory, which libomp resizes when it is loaded, is no disk. */
static int is_on_disk(int descriptor) {
  struct stat status;
  struct stat memory;
  if (fstat(descriptor, &status) != 0 || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) return 0;
  if (stat("/dev/shm", &memory) == 0 && memory.st_dev == status.st_dev) return 0;
  char link[64];
  char path[4096] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  if (readlink(link, path, sizeof path - 1) < 0) return 0;
  return is_meant(path);
}

/* True when this call is the one to fail. */
static int fails(void) {
  static _Thread_local int is_inside;
  if (is_inside) return 0;
  is_inside = 1;
  const char* at = getenv("FAIL_IO_AT");
  const char* name = getenv("FAIL_IO_ERRNO");
  const long call = atomic_fetch_add(&num_calls, 1) + 1;
  is_inside = 0;
  if (at == NULL || call != atol(at)) return 0;
  errno = name != NULL && strcmp(name, "EIO") == 0 ? EIO : ENOSPC;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void* bytes, size_t size) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(write)(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(pwrite)(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(pwrite64)(descriptor, bytes, size, offset);
}

int fsync(int descriptor) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(fsync)(descriptor);
}

int rename(const char* from, const char* to) {
  if (is_meant(to) && fails()) return -1;
  return REAL(rename)(from, to);
}

int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
  if (is_meant(to) && fails()) return -1;
  return REAL(renameat2)(from_directory, from, to_directory, to, flags);
}

int link(const char* from, const char* to) {
  if (is_meant(to) && fails()) return -1;
  return REAL(link)(from, to);
}

int ftruncate(int descriptor, off_t size) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(ftruncate)(descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) {
  if (is_on_disk(descriptor) && fails()) return -1;
  return REAL(ftruncate64)(descriptor, size);
}

__attribute__((destructor)) static void tell(void) {
  const char* path = getenv("FAIL_IO_COUNT");
  const char* rank = getenv("FAIL_IO_RANK");
  const char* mine = getenv("OMPI_COMM_WORLD_RANK");
  if (path == NULL || (rank != NULL && (mine == NULL || strcmp(rank, mine) != 0))) return;
  FILE* file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", atomic_load(&num_calls));
  fclose(file);
}
