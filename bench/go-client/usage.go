package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"
)

// usage is the processor time of all threads, and how often one of them had to wait.
type usage struct {
	cpu   time.Duration
	waits int64
}

func usageNow() usage {
	var used syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return usage{time.Duration(used.Utime.Nano() + used.Stime.Nano()), used.Nvcsw}
}

// residentBytes is the resident memory of the process when all garbage is gone, and given back to the system.
func residentBytes() float64 {
	debug.FreeOSMemory()
	statm, err := os.ReadFile("/proc/self/statm")
	check(err)
	var total, resident int
	_, err = fmt.Sscan(string(statm), &total, &resident)
	check(err)
	return float64(resident * os.Getpagesize())
}
