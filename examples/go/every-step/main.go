// Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts.
package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	ic "github.com/cdk8s-init-containers/cdk8s-init-containers-go/cdk8sinitcontainers"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

const script = `until orders ping; do sleep 1; done
orders migrate >/reports/migration.json
`

// MigrateSchema waits for a database, brings its schema up to date, and shows the app a report.
type MigrateSchema struct {
	ic.InitStep
}

func NewMigrateSchema(scope constructs.Construct, id string, database ic.Endpoint) *MigrateSchema {
	return &MigrateSchema{ic.NewInitStep(scope, &id, &ic.InitStepProps{
		Image:   jsii.String("orders:2.3"),
		Command: jsii.Strings("sh", "-e", "/scripts/migrate.sh"),
		Files: &map[string]ic.FileSource{
			"/scripts/migrate.sh": ic.FileSource_Inline(jsii.String(script)),
		},
		OutputFiles: &map[string]*ic.OutputFile{
			"/reports/migration.json": {Path: jsii.String("/app/migration.json")},
		},
		WaitsFor: &[]ic.Endpoint{database},
		Timeout:  cdk8s.Duration_Minutes(jsii.Number(3)),
	})}
}

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("every-step"), nil)
	ic.InitDefaults_Set(chart, &ic.InitDefaultsProps{
		Registry: jsii.String("registry.corp.example/mirror"),
		Timeout:  cdk8s.Duration_Minutes(jsii.Number(2)),
	})

	orders := kplus.NewDeployment(chart, jsii.String("orders"), &kplus.DeploymentProps{
		Containers:      &[]*kplus.ContainerProps{{Image: jsii.String("orders:2.3")}},
		SecurityContext: &kplus.PodSecurityContextProps{FsGroup: jsii.Number(10001)},
	})
	database := ic.Endpoint_Tcp(jsii.String("orders-db"), jsii.Number(5432), nil)
	credentials := kplus.Secret_FromSecretName(chart, jsii.String("credentials"), jsii.String("orders-db"))

	ic.NewWaitForService(orders, jsii.String("wait"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{
			database,
			ic.Endpoint_Http(jsii.String("http://config-service/healthz"), nil),
		},
	})
	NewMigrateSchema(orders, "migrate-schema", database)
	ic.NewDownloadConfig(orders, jsii.String("download-rates"), &ic.DownloadConfigProps{
		Url:  jsii.String("http://config-service/rates.json"),
		Path: jsii.String("/app/rates.json"),
	})
	ic.NewGenerateConfig(orders, jsii.String("app-conf"), &ic.GenerateConfigProps{
		Template: ic.FileSource_Inline(jsii.String("workers = ${WORKERS}\npassword = ${PASSWORD}\n")),
		Variables: &map[string]kplus.EnvValue{
			"WORKERS": kplus.EnvValue_FromValue(jsii.String("8")),
			"PASSWORD": kplus.EnvValue_FromSecretValue(&kplus.SecretValue{
				Secret: credentials,
				Key:    jsii.String("password"),
			}, nil),
		},
		Path: jsii.String("/app/app.conf"),
		Mode: jsii.Number(0o640),
	})
	app.Synth()
}
