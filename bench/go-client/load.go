package main

import (
	"errors"
	"sort"
	"sync/atomic"
	"time"

	"zk"
)

var errNothing = errors.New("nothing was answered while it was measured")

// observer is what is done around measuring and, unless it is nil, for each answer meanwhile.
type observer struct {
	begin  func()
	answer func(worker int, took time.Duration)
	end    func()
}

// keepInFlight has as many goroutines as there are to be requests in flight, each of which makes one after the other: the
// client's calls block. It returns how many were answered while it measured, and for how long that was.
func keepInFlight(conn *zk.Conn, o *options, watch observer) (answers int64, measured time.Duration, err error) {
	request, err := o.requester(conn)
	if err != nil {
		return 0, 0, err
	}
	var answered atomic.Int64
	var isMeasuring, isOver atomic.Bool
	failure := make(chan error, 1)
	go func() {
		failure <- inParallel(o.depth, func(worker int) error {
			for !isOver.Load() {
				var started time.Time
				if watch.answer != nil {
					started = time.Now()
				}
				if err := request(); err != nil {
					return err
				}
				answered.Add(1)
				if watch.answer != nil && isMeasuring.Load() {
					watch.answer(worker, time.Since(started))
				}
			}
			return nil
		})
	}()
	time.Sleep(o.warmUp)
	watch.begin()
	began, before := time.Now(), answered.Load()
	isMeasuring.Store(true)
	time.Sleep(o.duration)
	isMeasuring.Store(false)
	answers, measured = answered.Load()-before, time.Since(began)
	watch.end()
	isOver.Store(true)
	return answers, measured, <-failure
}

// runThroughput: operations a second, processor time for each, and how often a thread had to wait.
func runThroughput(conn *zk.Conn, o *options) error {
	var before, after usage
	answers, measured, err := keepInFlight(conn, o, observer{
		begin: func() { before = usageNow() },
		end:   func() { after = usageNow() },
	})
	if err != nil {
		return err
	}
	if answers == 0 {
		return errNothing
	}
	sayResult(map[string]float64{
		"opsPerSecond": float64(answers) / measured.Seconds(),
		"cpuPerOp":     float64((after.cpu - before.cpu).Microseconds()) / float64(answers),
		"waitsPerOp":   float64(after.waits-before.waits) / float64(answers),
	})
	return nil
}

// runLatency: how long single requests take, at the depth that the options say.
func runLatency(conn *zk.Conn, o *options) error {
	ofWorkers := make([][]time.Duration, o.depth)
	_, _, err := keepInFlight(conn, o, observer{
		begin:  func() {},
		answer: func(worker int, took time.Duration) { ofWorkers[worker] = append(ofWorkers[worker], took) },
		end:    func() {},
	})
	if err != nil {
		return err
	}
	var times []time.Duration
	for _, some := range ofWorkers {
		times = append(times, some...)
	}
	if len(times) == 0 {
		return errNothing
	}
	sort.Slice(times, func(left, right int) bool { return times[left] < times[right] })
	sayResult(map[string]float64{"p50": percentile(times, 0.5), "p99": percentile(times, 0.99)})
	return nil
}

// percentile is in microseconds; times are sorted, and some.
func percentile(times []time.Duration, share float64) float64 {
	return float64(times[int(share*float64(len(times)))].Nanoseconds()) / 1e3
}
