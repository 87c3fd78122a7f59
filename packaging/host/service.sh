# Sourced by the two service scripts: starts, stops and watches one keeper, whose process id is in $pid.
# After a reboot the number in the file may be somebody else's: the keeper is known by its command line, too.
running() { [ -f "$pid" ] && cat "/proc/$(cat "$pid")/cmdline" 2>/dev/null | tr '\0' ' ' | grep -q '/opt/escale/agent/share/keep-'; }

stop() {
  if running; then
    kill "$(cat "$pid")"
    for _ in $(seq 200); do
      running || break
      sleep 0.1
    done
  fi
  rm -f "$pid"
}

start() {
  running && return 0
  setsid "$1" "$pid" </dev/null >/dev/null 2>&1 &
  for _ in $(seq 50); do
    running && return 0
    sleep 0.1
  done
  return 1
}

serve() {
  case "$1" in
    start) start "$2" ;;
    stop) stop ;;
    restart | force-reload) stop && start "$2" ;;
    status)
      if running; then echo "is running"; else echo "is not running"; exit 3; fi
      ;;
    *)
      echo "usage: $0 start|stop|restart|status" >&2
      exit 2
      ;;
  esac
}
