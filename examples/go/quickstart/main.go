package main

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	ic "github.com/cdk8s-init-containers/cdk8s-init-containers-go/cdk8sinitcontainers"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

const hello = `sleep 10; echo "Hello from $HOSTNAME" >/www/index.html; trap exit TERM; httpd -f -p 8080 -h /www & wait`

const nginxConf = `pid /var/cache/nginx/pid;
events {}
http {
  server {
    listen 8080;
    location / { proxy_pass http://${API}; proxy_set_header Host $host; }
  }
}
`

// deployment is small, and not root: left alone, cdk8s-plus asks for a whole CPU.
func deployment(chart cdk8s.Chart, name string, image string, command *[]*string) kplus.Deployment {
	return kplus.NewDeployment(chart, &name, &kplus.DeploymentProps{
		Metadata: &cdk8s.ApiObjectMetadata{Name: &name},
		Replicas: jsii.Number(1),
		Containers: &[]*kplus.ContainerProps{{
			Image:           &image,
			Command:         command,
			PortNumber:      jsii.Number(8080),
			ImagePullPolicy: kplus.ImagePullPolicy_IF_NOT_PRESENT,
			Resources: &kplus.ContainerResources{
				Cpu:    &kplus.CpuResources{Request: kplus.Cpu_Millis(jsii.Number(10))},
				Memory: &kplus.MemoryResources{Limit: cdk8s.Size_Mebibytes(jsii.Number(64))},
			},
			SecurityContext: &kplus.ContainerSecurityContextProps{
				User:         jsii.Number(101),
				Group:        jsii.Number(101),
				Capabilities: &kplus.ContainerSecutiryContextCapabilities{Drop: &[]kplus.Capability{kplus.Capability_ALL}},
				SeccompProfile: &kplus.SeccompProfile{
					Type: kplus.SeccompProfileType_RUNTIME_DEFAULT,
				},
			},
		}},
	})
}

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("quickstart"), nil)
	writable := &ic.MountAtOptions{ReadOnly: jsii.Bool(false)}

	api := deployment(chart, "api", "busybox:1.37.0", jsii.Strings("sh", "-c", hello))
	ic.NewSharedDirectory(api, jsii.String("www"), nil).MountAt(jsii.String("/www"), writable)
	service := api.ExposeViaService(&kplus.DeploymentExposeViaServiceOptions{Name: jsii.String("api")})

	web := deployment(chart, "web", "nginx:1.27", nil)
	ic.NewSharedDirectory(web, jsii.String("cache"), nil).MountAt(jsii.String("/var/cache/nginx"), writable)
	ic.NewWaitForService(web, jsii.String("wait-for-api"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{ic.Endpoint_Service(service, nil)},
	})
	address := fmt.Sprintf("%s:%v", *service.Name(), *service.Port())
	ic.NewGenerateConfig(web, jsii.String("nginx-conf"), &ic.GenerateConfigProps{
		Template:  ic.FileSource_Inline(jsii.String(nginxConf)),
		Variables: &map[string]kplus.EnvValue{"API": kplus.EnvValue_FromValue(&address)},
		Path:      jsii.String("/etc/nginx/nginx.conf"),
	})
	app.Synth()
}
