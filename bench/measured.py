"""What the scripts of this folder share: a program run and measured from outside."""
import os
import subprocess
import sys
import time


def timed(command, log):
    """Seconds from start to end of a program, and its largest memory in MB; ends this script when the program fails."""
    begin = time.monotonic()
    with open(log, "w") as said:
        child = subprocess.Popen([str(word) for word in command], stdout=said, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"'{command[0]}' ended with code {child.returncode}; see '{log}'.")
    return seconds, usage.ru_maxrss / 1024


def reference_job(terrein, project, source, result, workers, *more):
    """The command that runs the reference job."""
    return [terrein, "run", project / "bench/province.toml", "--quiet", "--no-cache", "--overwrite", "--workers", workers,
            "--set", f"input={source.resolve()}", "--set", f"output={result.resolve()}", *more]
