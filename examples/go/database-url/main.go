// An app that takes its database as one variable: the same YAML as that of database-url.ts.
package main

import (
	"github.com/aws/jsii-runtime-go"
	ic "github.com/cdk8s-init-containers/cdk8s-init-containers-go/cdk8sinitcontainers"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

// What Pod Security "restricted" asks of the app's container.
var restricted = &kplus.ContainerSecurityContextProps{
	User:           jsii.Number(65534),
	Group:          jsii.Number(65534),
	Capabilities:   &kplus.ContainerSecutiryContextCapabilities{Drop: &[]kplus.Capability{kplus.Capability_ALL}},
	SeccompProfile: &kplus.SeccompProfile{Type: kplus.SeccompProfileType_RUNTIME_DEFAULT},
}

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("database-url"), nil)
	ic.InitDefaults_Set(chart, &ic.InitDefaultsProps{KubernetesVersion: jsii.String("1.35")})

	credentials := kplus.Secret_FromSecretName(chart, jsii.String("credentials"), jsii.String("orders-db"))
	stored := func(key string) kplus.EnvValue {
		return kplus.EnvValue_FromSecretValue(&kplus.SecretValue{Secret: credentials, Key: &key}, nil)
	}
	orders := kplus.NewDeployment(chart, jsii.String("orders"), &kplus.DeploymentProps{
		Metadata: &cdk8s.ApiObjectMetadata{Name: jsii.String("orders")},
		Replicas: jsii.Number(1),
		Containers: &[]*kplus.ContainerProps{{
			Image:           jsii.String("busybox:1.37.0"),
			ImagePullPolicy: kplus.ImagePullPolicy_IF_NOT_PRESENT,
			Command:         jsii.Strings("sh", "-c", `echo "$DATABASE_URL" && exec sleep 3600`),
			SecurityContext: restricted,
		}},
	})

	ic.NewGenerateEnv(orders, jsii.String("database-url"), &ic.GenerateEnvProps{
		Templates: &map[string]*string{
			"DATABASE_URL": jsii.String("postgres://${USER|url}:${PASSWORD|url}@orders-db:5432/orders"),
		},
		Variables: &map[string]kplus.EnvValue{
			"USER":     stored("user"),
			"PASSWORD": stored("password"),
		},
	})

	app.Synth()
}
