// Drives the client in Go, as bench/drivers/main.ts drives the clients for Node.js.
//
// Its package is imported as "zk", wherever it was installed: see bench/build/go-client.ts.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"zk"
)

const (
	sessionTimeout = 30 * time.Second
	// How long the session's end may take.
	longestClose = 5 * time.Second
)

// connect waits for the session, too.
func connect(address string) (*zk.Conn, error) {
	conn, events, err := zk.Connect([]string{address}, sessionTimeout, zk.WithLogInfo(false))
	if err != nil {
		return nil, err
	}
	for event := range events {
		if event.State == zk.StateHasSession {
			return conn, nil
		}
	}
	return nil, zk.ErrClosing
}

// sayResult tells the process that runs the driver what came of it, as a line of JSON.
func sayResult(values map[string]float64) {
	message := map[string]any{"event": "result"}
	for name, value := range values {
		message[name] = value
	}
	say(message)
}

// sayUnsupported tells it why the client cannot do that.
func sayUnsupported(why string) {
	say(map[string]any{"event": "unsupported", "why": why})
}

func say(message map[string]any) {
	line, err := json.Marshal(message)
	check(err)
	fmt.Println(string(line))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	scenarios := map[string]func(conn *zk.Conn, o *options) error{
		"throughput":   runThroughput,
		"latency":      runLatency,
		"watch-memory": runWatchMemory,
		"watch-return": runWatchReturn,
	}
	o, err := readOptions(os.Args[1:])
	check(err)
	run, ok := scenarios[o.scenario]
	if !ok {
		check(fmt.Errorf("no such scenario: %s", o.scenario))
	}
	conn, err := connect(o.address)
	check(err)
	check(run(conn, o))
	time.AfterFunc(longestClose, func() { os.Exit(0) })
	conn.Close()
}
