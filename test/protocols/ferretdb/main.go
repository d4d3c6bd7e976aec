// Speaks the protocol of MongoDB at an address, over files in a folder: main ADDRESS FOLDER.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: os.Args[1]},
		Handler:   "sqlite",
		SQLiteURL: "file:" + os.Args[2] + "/",
	})
	if err != nil {
		log.Fatal(err)
	}
	stopped, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	if err := server.Run(stopped); err != nil {
		log.Fatal(err)
	}
}
