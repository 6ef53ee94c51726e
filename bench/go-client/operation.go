package main

import (
	"bytes"
	"fmt"

	"zk"
)

const operationsOfAMulti = 10

// requester gives a function that makes one request, and returns when it is answered.
func (o *options) requester(conn *zk.Conn) (func() error, error) {
	path := o.path
	data := bytes.Repeat([]byte{'x'}, o.size)
	switch o.operation {
	case "get":
		return func() error { _, _, err := conn.Get(path); return err }, nil
	case "set":
		return func() error { _, err := conn.Set(path, data, -1); return err }, nil
	case "exists":
		return func() error { _, _, err := conn.Exists(path); return err }, nil
	case "create":
		acl := zk.WorldACL(zk.PermAll)
		return func() error {
			_, err := conn.Create(path, data, zk.FlagEphemeral|zk.FlagSequence, acl)
			return err
		}, nil
	case "children":
		return func() error { _, _, err := conn.Children(path); return err }, nil
	case "multi":
		return func() error {
			operations := make([]any, operationsOfAMulti)
			for i := range operations {
				operations[i] = &zk.SetDataRequest{Path: path, Data: data, Version: -1}
			}
			_, err := conn.Multi(operations...)
			return err
		}, nil
	}
	return nil, fmt.Errorf("no such operation: %s", o.operation)
}
