package main

import "sync"

// inParallel runs so many goroutines, and returns when all have: with the first failure, if there was one.
func inParallel(workers int, work func(worker int) error) error {
	var running sync.WaitGroup
	failures := make(chan error, workers)
	for worker := 0; worker < workers; worker++ {
		running.Add(1)
		go func(worker int) {
			defer running.Done()
			if err := work(worker); err != nil {
				failures <- err
			}
		}(worker)
	}
	running.Wait()
	select {
	case err := <-failures:
		return err
	default:
		return nil
	}
}
