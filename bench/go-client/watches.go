package main

import (
	"fmt"
	"sync/atomic"

	"zk"
)

// How many requests a client has answered before its memory is looked at: what it takes once is not the watches'.
const requestsBefore = 20000

// repeat does something so often, so many at a time.
func repeat(count, depth int, do func(number int) error) error {
	var next atomic.Int64
	return inParallel(depth, func(int) error {
		for number := next.Add(1) - 1; number < int64(count); number = next.Add(1) - 1 {
			if err := do(int(number)); err != nil {
				return err
			}
		}
		return nil
	})
}

// setWatches sets existence watches on nodes that are not there. It returns their channels, which whoever waits for them has.
func setWatches(conn *zk.Conn, o *options) ([]<-chan zk.Event, error) {
	channels := make([]<-chan zk.Event, o.count)
	err := repeat(o.count, o.depth, func(number int) error {
		_, _, channel, err := conn.ExistsW(fmt.Sprintf("%s%07d", o.path, number))
		channels[number] = channel
		return err
	})
	return channels, err
}

// runWatchMemory: the memory that each watch takes.
func runWatchMemory(conn *zk.Conn, o *options) error {
	err := repeat(requestsBefore, o.depth, func(int) error {
		_, _, err := conn.Exists("/")
		return err
	})
	if err != nil {
		return err
	}
	before := residentBytes()
	channels, err := setWatches(conn, o)
	if err != nil {
		return err
	}
	after := residentBytes()
	sayResult(map[string]float64{"bytesPerWatch": (after - before) / float64(len(channels))})
	return nil
}

// runWatchReturn cannot say when the watches are back: the client sets them one packet after the other, each when the one
// before is answered, while requests of others go ahead. So that one of them is answered says nothing.
func runWatchReturn(*zk.Conn, *options) error {
	sayUnsupported("requests overtake watches")
	return nil
}
