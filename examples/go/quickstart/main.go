package main

import (
	"github.com/aws/jsii-runtime-go"
	ic "github.com/cdk8s-init-containers/cdk8s-init-containers-go/cdk8sinitcontainers"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("quickstart"), nil)
	web := kplus.NewDeployment(chart, jsii.String("web"), &kplus.DeploymentProps{
		Containers: &[]*kplus.ContainerProps{{Image: jsii.String("my-app:1.0")}},
	})
	ic.NewWaitForService(web, jsii.String("wait-for-db"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{ic.Endpoint_Tcp(jsii.String("my-database-service"), jsii.Number(5432), nil)},
	})
	ic.NewDownloadConfig(web, jsii.String("download-config"), &ic.DownloadConfigProps{
		Url: jsii.String("http://config-service/config"), Path: jsii.String("/app/config/app-config.json"),
	})
	app.Synth()
}
