/*
 * A disk that is watched, and that fails when it is told to. Loaded before a process (LD_PRELOAD), it stands between
 * SQLite and the system:
 *
 * - LEDGER_DISK_FOLDER: databases and write-ahead logs below this folder are watched.
 * - LEDGER_DISK_TRACE: everything that happens to them is written to this file in the order in which it happened,
 *   together with the answers that the process gives (standard output, and HTTP answers of success).
 * - LEDGER_DISK_FAULT: a file of one `struct fault`, which may be changed while the process runs.
 *
 * A record of the trace is a line and, after some, bytes:
 *   W NAME OFFSET BYTES   bytes written     T NAME SIZE     cut to a size
 *   S NAME RESULT         synchronised      U NAME          removed
 *   A BYTES               an answer
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum operation { WRITE = 1, SYNC = 2, TRUNCATE = 3 };

/** Which operation fails, and how. All zero: none does. */
struct fault {
  int32_t operation; /* 0: none */
  int32_t error;     /* errno */
  int32_t forever;   /* from then on, or once */
  int32_t torn;      /* of a write: half of it is written before it fails */
  int32_t skip;      /* how many such operations go well before */
  int32_t failed;    /* how many have failed; written here */
  char ending[40];   /* of the names of files that it is about */
};

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int trace = -1;
static struct fault *fault;

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  folder = getenv("LEDGER_DISK_FOLDER");
  folder_length = folder == NULL ? 0 : strlen(folder);
  const char *trace_name = getenv("LEDGER_DISK_TRACE");
  if (trace_name != NULL) trace = open(trace_name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *fault_name = getenv("LEDGER_DISK_FAULT");
  int handle = fault_name == NULL ? -1 : open(fault_name, O_RDWR | O_CLOEXEC);
  if (handle == -1) return;
  void *mapped = mmap(NULL, sizeof(struct fault), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  if (mapped != MAP_FAILED) fault = mapped;
  close(handle);
}

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), of_end = strlen(end);
  return length >= of_end && strcmp(text + length - of_end, end) == 0;
}

/** The name below the folder, if the path is one of a watched file. */
static const char *watched_name(const char *path) {
  if (folder == NULL || strncmp(path, folder, folder_length) != 0) return NULL;
  return ends_with(path, ".db-wal") || ends_with(path, ".db") ? path + folder_length + 1 : NULL;
}

static const char *watched(int handle, char path[4096]) {
  if (folder == NULL) return NULL;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, 4095);
  if (length <= 0) return NULL;
  path[length] = 0;
  return watched_name(path);
}

/** Whether this operation is to fail now; called in turn. */
static int fails(enum operation operation, const char *name) {
  if (fault == NULL || fault->operation != (int32_t)operation || !ends_with(name, fault->ending)) return 0;
  if (fault->skip > 0) {
    fault->skip -= 1;
    return 0;
  }
  if (!fault->forever) fault->operation = 0;
  fault->failed += 1;
  return 1;
}

static void record(const char *line, const void *bytes, size_t count) {
  if (trace == -1) return;
  struct iovec parts[] = {{(void *)line, strlen(line)}, {(void *)bytes, count}};
  syscall(SYS_writev, trace, parts, count == 0 ? 1 : 2);
}

/** Writes that other programs hear: to standard output, and HTTP answers of success. */
static int is_answer(int handle, const char *bytes, size_t count) {
  return trace != -1 && (handle == 1 || (count > 10 && memcmp(bytes, "HTTP/1.1 2", 10) == 0));
}

static ssize_t write_at(int handle, const void *bytes, size_t count, off_t offset, const char *name,
                        int at_cursor) {
  char line[4200];
  size_t wanted = count;
  int error = 0, torn = fault != NULL && fault->torn;
  if (fails(WRITE, name)) {
    error = fault->error;
    wanted = torn ? count / 2 : 0;
  }
  ssize_t done = 0;
  if (wanted > 0) {
    done = at_cursor ? real_write(handle, bytes, wanted) : real_pwrite(handle, bytes, wanted, offset);
    if (done > 0) {
      snprintf(line, sizeof line, "W %s %lld %lld\n", name, (long long)offset, (long long)done);
      record(line, bytes, (size_t)done);
    }
  }
  if (error != 0) {
    errno = error;
    return -1;
  }
  return done;
}

ssize_t pwrite64(int handle, const void *bytes, size_t count, off_t offset) {
  char path[4096];
  const char *name = watched(handle, path);
  if (name == NULL) return real_pwrite(handle, bytes, count, offset);
  pthread_mutex_lock(&turn);
  ssize_t done = write_at(handle, bytes, count, offset, name, 0);
  int error = errno;
  pthread_mutex_unlock(&turn);
  errno = error;
  return done;
}

ssize_t pwrite(int handle, const void *bytes, size_t count, off_t offset) {
  return pwrite64(handle, bytes, count, offset);
}

ssize_t write(int handle, const void *bytes, size_t count) {
  char path[4096], line[64];
  const char *name = watched(handle, path);
  if (name == NULL && !is_answer(handle, bytes, count)) return real_write(handle, bytes, count);
  pthread_mutex_lock(&turn);
  ssize_t done;
  if (name == NULL) {
    snprintf(line, sizeof line, "A %lld\n", (long long)count);
    record(line, bytes, count);
    done = real_write(handle, bytes, count);
  } else {
    done = write_at(handle, bytes, count, lseek(handle, 0, SEEK_CUR), name, 1);
  }
  int error = errno;
  pthread_mutex_unlock(&turn);
  errno = error;
  return done;
}

ssize_t writev(int handle, const struct iovec *parts, int count) {
  if (count == 0 || !is_answer(handle, parts[0].iov_base, parts[0].iov_len))
    return real_writev(handle, parts, count);
  size_t total = 0;
  for (int at = 0; at < count; at++) total += parts[at].iov_len;
  char *whole = malloc(total == 0 ? 1 : total), line[64];
  if (whole == NULL) return real_writev(handle, parts, count);
  size_t filled = 0;
  for (int at = 0; at < count; at++) {
    memcpy(whole + filled, parts[at].iov_base, parts[at].iov_len);
    filled += parts[at].iov_len;
  }
  snprintf(line, sizeof line, "A %lld\n", (long long)total);
  pthread_mutex_lock(&turn);
  record(line, whole, total);
  ssize_t done = real_writev(handle, parts, count);
  int error = errno;
  pthread_mutex_unlock(&turn);
  free(whole);
  errno = error;
  return done;
}

static int synchronise(int handle, int (*real)(int)) {
  char path[4096], line[4200];
  const char *name = watched(handle, path);
  if (name == NULL) return real(handle);
  pthread_mutex_lock(&turn);
  int failed = fails(SYNC, name);
  int result = failed ? -1 : real(handle);
  int error = failed ? fault->error : errno;
  snprintf(line, sizeof line, "S %s %d\n", name, result);
  record(line, NULL, 0);
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int fsync(int handle) { return synchronise(handle, real_fsync); }
int fdatasync(int handle) { return synchronise(handle, real_fdatasync); }

int ftruncate64(int handle, off_t size) {
  char path[4096], line[4200];
  const char *name = watched(handle, path);
  if (name == NULL) return real_ftruncate(handle, size);
  pthread_mutex_lock(&turn);
  int failed = fails(TRUNCATE, name);
  int result = failed ? -1 : real_ftruncate(handle, size);
  int error = failed ? fault->error : errno;
  if (result == 0) {
    snprintf(line, sizeof line, "T %s %lld\n", name, (long long)size);
    record(line, NULL, 0);
  }
  pthread_mutex_unlock(&turn);
  errno = error;
  return result;
}

int ftruncate(int handle, off_t size) { return ftruncate64(handle, size); }

int unlink(const char *path) {
  char line[4200];
  int result = real_unlink(path);
  int error = errno;
  const char *name = watched_name(path);
  if (name != NULL && result == 0) {
    snprintf(line, sizeof line, "U %s\n", name);
    pthread_mutex_lock(&turn);
    record(line, NULL, 0);
    pthread_mutex_unlock(&turn);
  }
  errno = error;
  return result;
}
