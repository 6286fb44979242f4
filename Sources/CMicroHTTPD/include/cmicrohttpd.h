#ifndef CMICROHTTPD_H
#define CMICROHTTPD_H

#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>

/* The two callbacks that microhttpd.h gives no type of its own. */
typedef void *(*cmicrohttpd_target_callback)(void *context, const char *target,
                                             struct MHD_Connection *connection);

/* Everything that cmicrohttpd_start needs. */
struct cmicrohttpd_settings {
  unsigned int flags;
  int listen_socket;
  unsigned int connection_limit;
  unsigned int timeout_seconds;
  size_t connection_memory_bytes;
  size_t stack_bytes;
  MHD_NotifyConnectionCallback connection_changed;
  cmicrohttpd_target_callback target_received;
  MHD_AccessHandlerCallback request_received;
  MHD_RequestCompletedCallback request_completed;
  void *context; /* handed to all four */
};

/* MHD_start_daemon is variadic, which Swift does not import. */
struct MHD_Daemon *cmicrohttpd_start(const struct cmicrohttpd_settings *settings);

/* MHD_get_connection_info is variadic too: one typed function for each thing asked. */
void *cmicrohttpd_socket_context(struct MHD_Connection *connection);
int cmicrohttpd_descriptor(struct MHD_Connection *connection);
size_t cmicrohttpd_header_size(struct MHD_Connection *connection);

/* Payload bytes that the kernel has received on a TCP socket; 0 on success, -1 with errno.
   Here because glibc's struct tcp_info ends before that field and the kernel's own header
   cannot be imported beside it. */
int cmicrohttpd_bytes_received(int descriptor, uint64_t *count);

#endif
