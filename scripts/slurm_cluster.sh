#!/usr/bin/env bash
# A real Slurm on this machine alone, as root, without systemd, munge, cgroups or a database; it listens on loopback.
# Usage: scripts/slurm_cluster.sh up DIR [NODES] | down DIR | lose-node DIR I | boot-node DIR I | release DIR JOB
# After `up`, `. DIR/env` makes sbatch, srun and squeue talk to it.
set -euo pipefail

command=$1
dir=$(realpath -m "$2")
host=$(hostname -s)

write_configuration() {
  local nodes=$1
  cat >"$dir/slurm.conf" <<END
ClusterName=ci
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=26917
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
JobRequeue=1
KillWait=5
SlurmdTimeout=20
MinJobAge=3600
NodeName=n[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=[26921-$((26920 + nodes))] CPUs=4 RealMemory=2000 State=UNKNOWN
PartitionName=debug Nodes=n[1-$nodes] Default=YES MaxTime=INFINITE State=UP
END
  # Every virtual node needs a PMIx directory of its own (start_node); MPI must keep to loopback between them.
  cat >"$dir/env" <<END
export SLURM_CONF=$dir/slurm.conf
export OMPI_MCA_btl=self,tcp OMPI_MCA_btl_tcp_if_include=lo OMPI_MCA_oob_tcp_if_include=lo OMPI_MCA_pml=ob1
END
}

start_node() {
  mkdir -p "$dir/spool-n$1" "$dir/tmp-n$1"
  echo "PMIxCliTmpDirBase=$dir/tmp-n$1" >"$dir/mpi.conf"
  slurmd -N "n$1"
  sleep 0.3 # slurmd reads mpi.conf; the next node overwrites it
}

# until_true SECONDS COMMAND...
until_true() {
  local tries=$((4 * $1))
  shift
  for _ in $(seq "$tries"); do
    if "$@"; then return 0; fi
    sleep 0.25
  done
  return 1
}
all_are_idle() { [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = "$1" ]; }
node_is_idle() { [ "$(sinfo -h -n "n$1" -o %T 2>/dev/null)" = idle ]; }
job_is_pending() { [ "$(squeue -h -j "$1" -o %t 2>/dev/null)" = PD ]; }
# Its batch step of before may still report how it ended, which would count as the end of the next run.
job_has_no_step() { ! pgrep -f "slurmstepd: \[$1\." >/dev/null; }

case $command in
  up)
    nodes=${3:-2}
    mkdir -p "$dir/state" "$dir/log"
    write_configuration "$nodes"
    # shellcheck source=/dev/null
    . "$dir/env"
    slurmctld -c
    for i in $(seq "$nodes"); do start_node "$i"; done
    until_true 20 all_are_idle "$nodes" || { tail -n 20 "$dir"/log/*.log >&2; exit 1; }
    ;;
  down)
    for file in "$dir"/slurmd-*.pid "$dir/slurmctld.pid"; do
      if [ -f "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
    done
    ;;
  lose-node) # as by a power cut: the node's daemon, its step daemons and their tasks end at once
    # shellcheck source=/dev/null
    . "$dir/env"
    kill -9 "$(cat "$dir/slurmd-n$3.pid")" || true
    for step in $(pgrep -x slurmstepd || true); do
      # A step daemon keeps the log of its own node open.
      if find "/proc/$step/fd" -lname "$dir/log/slurmd-n$3.log" 2>/dev/null | grep -q .; then
        # shellcheck disable=SC2046  # one process per word
        kill -9 "$step" $(pgrep -P "$step" || true) 2>/dev/null || true
      fi
    done
    scontrol update nodename="n$3" state=down reason=power
    ;;
  boot-node)
    # shellcheck source=/dev/null
    . "$dir/env"
    rm -rf "$dir/spool-n$3" "$dir/tmp-n$3"
    start_node "$3"
    scontrol update nodename="n$3" state=resume 2>/dev/null || true
    until_true 20 node_is_idle "$3"
    ;;
  release) # a requeued job is held for 120 s otherwise
    # shellcheck source=/dev/null
    . "$dir/env"
    until_true 60 job_is_pending "$3"
    until_true 60 job_has_no_step "$3"
    sleep 1
    scontrol update jobid="$3" StartTime=now
    ;;
  *)
    sed -n '3,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
