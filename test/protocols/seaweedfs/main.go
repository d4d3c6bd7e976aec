// Runs a command of SeaweedFS, whose own program is made in a checkout only: main COMMAND [OPTION...].
package main

import (
	"os"

	"github.com/seaweedfs/seaweedfs/weed/command"
	"github.com/seaweedfs/seaweedfs/weed/util/http"
)

func main() {
	http.InitGlobalHttpClient()
	for _, c := range command.Commands {
		if c.Name() != os.Args[1] {
			continue
		}
		if err := c.Flag.Parse(os.Args[2:]); err != nil {
			os.Exit(2)
		}
		if !c.Run(c, c.Flag.Args()) {
			os.Exit(1)
		}
		return
	}
	os.Exit(2)
}
