#include "cmicrohttpd.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

struct MHD_Daemon *cmicrohttpd_start(const struct cmicrohttpd_settings *settings) {
  return MHD_start_daemon(
      settings->flags, 0, NULL, NULL, settings->request_received, settings->context,
      MHD_OPTION_LISTEN_SOCKET, (MHD_socket)settings->listen_socket,
      MHD_OPTION_CONNECTION_LIMIT, settings->connection_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, settings->timeout_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory_bytes,
      MHD_OPTION_THREAD_STACK_SIZE, settings->stack_bytes,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_NOTIFY_CONNECTION, settings->connection_changed, settings->context,
      MHD_OPTION_URI_LOG_CALLBACK, settings->target_received, settings->context,
      MHD_OPTION_NOTIFY_COMPLETED, settings->request_completed, settings->context,
      MHD_OPTION_END);
}

void *cmicrohttpd_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

int cmicrohttpd_descriptor(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

size_t cmicrohttpd_header_size(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

int cmicrohttpd_bytes_received(int descriptor, uint64_t *count) {
  struct tcp_info info = {0};
  socklen_t size = sizeof info;
  if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return -1;
  if (size < offsetof(struct tcp_info, tcpi_bytes_received) + sizeof(uint64_t)) {
    errno = ENOSYS; /* a kernel before 4.1 */
    return -1;
  }
  *count = info.tcpi_bytes_received;
  return 0;
}
