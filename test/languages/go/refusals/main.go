// Prints what a user reads of three mistakes: a wrong value, one in a step of one's own, and a patch that the
// synthesis refuses. Between them it synthesizes a step that is warned of.
package main

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ic "github.com/cdk8s-init-containers/cdk8s-init-containers-go/cdk8sinitcontainers"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

type MigrateSchema struct {
	ic.InitStep
}

func NewMigrateSchema(scope constructs.Construct, id string) *MigrateSchema {
	return &MigrateSchema{ic.NewInitStep(scope, &id, &ic.InitStepProps{Image: jsii.String("orders:2.3")})}
}

func printRefusal(of func()) {
	defer func() {
		if refusal := recover(); refusal != nil {
			fmt.Println(refusal)
		}
	}()
	of()
}

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("refusals"), nil)
	web := kplus.NewDeployment(chart, jsii.String("web"), &kplus.DeploymentProps{
		Containers: &[]*kplus.ContainerProps{{Image: jsii.String("my-app:1.0")}},
	})

	printRefusal(func() { ic.Endpoint_Tcp(jsii.String("db"), jsii.Number(70000), nil) })
	printRefusal(func() { NewMigrateSchema(web, "Migrate_Schema") })
	ic.NewWaitForService(web, jsii.String("wait"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{ic.Endpoint_Tcp(jsii.String("db"), jsii.Number(5432), nil)},
	})
	ic.NewInitStep(web, jsii.String("migrate"), &ic.InitStepProps{Command: jsii.Strings("npm run migrate")})
	app.Synth()
	cdk8s.ApiObject_Of(web).AddJsonPatch(cdk8s.JsonPatch_Remove(jsii.String("/spec/template/spec/initContainers/0")))
	printRefusal(app.Synth)
}
