package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// options is what one run is told to do: see bench/drivers/task.ts.
type options struct {
	scenario  string
	operation string
	address   string
	path      string
	depth     int
	size      int
	count     int
	warmUp    time.Duration
	duration  time.Duration
}

// readOptions reads arguments of the shape name=value.
func readOptions(arguments []string) (*options, error) {
	o := &options{}
	strs := map[string]*string{
		"scenario": &o.scenario, "operation": &o.operation, "address": &o.address, "path": &o.path,
	}
	numbers := map[string]*int{"depth": &o.depth, "size": &o.size, "count": &o.count}
	times := map[string]*time.Duration{"warmUp": &o.warmUp, "duration": &o.duration}
	for _, argument := range arguments {
		name, value, _ := strings.Cut(argument, "=")
		if field, ok := strs[name]; ok {
			*field = value
			continue
		}
		number, err := strconv.Atoi(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if field, ok := numbers[name]; ok {
			*field = number
		} else if field, ok := times[name]; ok {
			*field = time.Duration(number) * time.Millisecond
		} else {
			return nil, fmt.Errorf("no such option: %s", name)
		}
	}
	return o, nil
}
