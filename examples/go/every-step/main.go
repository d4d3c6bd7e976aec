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
	chart := cdk8s.NewChart(app, jsii.String("every-step"), &cdk8s.ChartProps{Namespace: jsii.String("orders")})
	ic.InitDefaults_Set(chart, &ic.InitDefaultsProps{
		Registry: jsii.String("registry.corp.example/mirror"),
		Timeout:  cdk8s.Duration_Minutes(jsii.Number(2)),
	})

	database := ic.Endpoint_Tcp(jsii.String("orders-db"), jsii.Number(5432), &ic.TcpEndpointOptions{
		AppProtocol: ic.AppProtocol_POSTGRES,
	})
	addOrders(chart, database)
	addWiki(chart)
	addReports(chart, database)
	ic.StartupGraph_Of(app).Annotate(ic.DeployOrder_ARGO_CD)
	app.Synth()
}

func addOrders(chart cdk8s.Chart, database ic.Endpoint) {
	orders := kplus.NewDeployment(chart, jsii.String("orders"), &kplus.DeploymentProps{
		Containers:      &[]*kplus.ContainerProps{{Image: jsii.String("orders:2.3")}},
		SecurityContext: &kplus.PodSecurityContextProps{FsGroup: jsii.Number(10001)},
	})
	credentials := kplus.Secret_FromSecretName(chart, jsii.String("credentials"), jsii.String("orders-db"))

	ic.NewWaitForService(orders, jsii.String("wait"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{
			database,
			ic.Endpoint_Http(jsii.String("http://config-service/healthz"), nil),
		},
	})
	ic.NewSidecar(orders, jsii.String("audit-agent"), &ic.SidecarProps{
		Image: jsii.String("audit-agent:1.2"),
		Args:  jsii.Strings("--listen=localhost:9000"),
		Startup: kplus.Probe_FromCommand(jsii.Strings("audit-agent", "ping"), &kplus.CommandProbeOptions{
			FailureThreshold: jsii.Number(6),
		}),
		Readiness: kplus.Probe_FromHttpGet(jsii.String("/ready"), &kplus.HttpGetProbeOptions{Port: jsii.Number(9001)}),
	})
	cluster := ic.NewExternalObject(chart, jsii.String("cluster"), &ic.ExternalObjectProps{
		ApiVersion:    jsii.String("postgresql.cnpg.io/v1"),
		Kind:          jsii.String("Cluster"),
		Name:          jsii.String("warehouse"),
		NamespaceName: jsii.String("warehouse"),
	})
	ic.NewWaitForCondition(orders, jsii.String("wait-for-warehouse"), &ic.WaitForConditionProps{
		Conditions: &[]ic.Condition{ic.Condition_Met(cluster, jsii.String("Ready"))},
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
}

func addWiki(chart cdk8s.Chart) {
	pod := ic.NewPodFragment(chart, jsii.String("wiki-pod"), &ic.PodFragmentProps{
		Containers: jsii.Strings("wiki"),
	})
	ic.NewGenerateConfig(pod, jsii.String("wiki-conf"), &ic.GenerateConfigProps{
		Template: ic.FileSource_Inline(jsii.String("title = Wiki\n")),
		Path:     jsii.String("/etc/wiki/wiki.conf"),
	})
	wiki := cdk8s.NewApiObject(chart, jsii.String("wiki"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("argoproj.io/v1alpha1"),
		Kind:       jsii.String("Application"),
	})
	values := map[string]any{
		"extraVolumeMounts": pod.VolumeMounts(jsii.String("wiki")),
		"extraVolumes":      pod.Volumes(),
		"initContainers":    pod.InitContainers(),
	}
	wiki.AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/spec"), map[string]any{
		"source": map[string]any{"helm": map[string]any{"valuesObject": values}},
	}))
}

func addReports(chart cdk8s.Chart, database ic.Endpoint) {
	claim := kplus.PersistentVolumeClaim_FromClaimName(chart, jsii.String("claim"), jsii.String("reports"))
	volume := kplus.Volume_FromPersistentVolumeClaim(chart, jsii.String("volume"), claim,
		&kplus.PersistentVolumeClaimVolumeOptions{Name: jsii.String("data")})
	reports := kplus.NewDeployment(chart, jsii.String("reports"), &kplus.DeploymentProps{
		Containers: &[]*kplus.ContainerProps{{Image: jsii.String("reports:1.4")}},
		Volumes:    &[]kplus.Volume{volume},
	})
	user := ic.RunAs_User(jsii.Number(10001), jsii.Number(10001))
	data := ic.SharedDirectory_FromVolumeName(reports, jsii.String("data"), jsii.String("data"))
	data.MountAt(jsii.String("/data"), &ic.MountAtOptions{ReadOnly: jsii.Bool(false)})
	corporate := kplus.ConfigMap_FromConfigMapName(chart, jsii.String("authority"), jsii.String("corporate-ca"))
	authority := ic.FileSource_FromConfigMap(corporate, jsii.String("ca.crt"), nil)
	defaults := kplus.ConfigMap_FromConfigMapName(chart, jsii.String("defaults"), jsii.String("report-defaults"))
	warehouse := kplus.Secret_FromSecretName(chart, jsii.String("warehouse"), jsii.String("warehouse"))
	stored := func(key string) kplus.EnvValue { return warehouse.EnvValue(&key, nil) }

	ic.NewWaitForService(reports, jsii.String("wait"), &ic.WaitForServiceProps{
		Endpoints: &[]ic.Endpoint{
			database,
			ic.Endpoint_TcpFrom(stored("host"), stored("port"), nil),
			ic.Endpoint_UrlFrom(stored("cache-url"), nil),
			ic.Endpoint_Http(jsii.String("https://ledger/health"), &ic.HttpEndpointOptions{
				Headers:   &map[string]*string{"X-Tenant": jsii.String("${TENANT}")},
				Variables: &map[string]kplus.EnvValue{"TENANT": stored("tenant")},
				Auth: ic.HttpAuth_Basic(
					kplus.EnvValue_FromValue(jsii.String("reports")),
					stored("password"),
				),
				CaCertificate: authority,
				BodyContains:  jsii.String(`"status":"UP"`),
			}),
			ic.Endpoint_Http(jsii.String("https://s3.example.com/reports/ready"), &ic.HttpEndpointOptions{
				Auth: ic.HttpAuth_AwsSignature(&ic.AwsSignatureOptions{
					AccessKeyId:     stored("key-id"),
					SecretAccessKey: stored("key"),
					Region:          jsii.String("eu-central-1"),
				}),
			}),
			ic.Endpoint_Dns(jsii.String("printers"), &ic.DnsEndpointOptions{MinAddresses: jsii.Number(3)}),
		},
	})
	ic.NewTrustCertificates(reports, jsii.String("trust-corp"), &ic.TrustCertificatesProps{
		Certificates: &[]ic.FileSource{authority},
	})
	ic.NewPrepareVolume(reports, jsii.String("prepare-data"), &ic.PrepareVolumeProps{
		Volume:  data,
		Folders: jsii.Strings("conf"),
		Owner:   user,
		Mode:    jsii.Number(0o750),
	})
	ic.NewGenerateConfig(reports, jsii.String("seed-conf"), &ic.GenerateConfigProps{
		Template: ic.FileSource_Concat(&[]ic.FileSource{
			ic.FileSource_Inline(jsii.String("title = Reports\n")),
			ic.FileSource_FromConfigMap(
				defaults,
				jsii.String("reports.conf"),
				&ic.KeyOptions{Optional: jsii.Bool(true)},
			),
		}),
		Directory: data,
		FileName:  jsii.String("conf/reports.conf"),
		IfPresent: ic.IfPresent_KEEP,
		RunAs:     user,
	})
	ic.NewCopyFromImage(reports, jsii.String("copy-fonts"), &ic.CopyFromImageProps{
		Image: jsii.String("fonts:3.2"),
		Files: &map[string]*string{"corporate": jsii.String("/usr/share/fonts/corporate")},
		Path:  jsii.String("/usr/share/fonts"),
	})
	ic.NewDownloadArchive(reports, jsii.String("download-layouts"), &ic.DownloadArchiveProps{
		Url:             jsii.String("http://config-service/layouts.tar.gz"),
		StripComponents: jsii.Number(1),
		MaxSize:         cdk8s.Size_Mebibytes(jsii.Number(20)),
		Path:            jsii.String("/app/layouts"),
	})
	ic.NewCloneRepository(reports, jsii.String("clone-queries"), &ic.CloneRepositoryProps{
		Url:           jsii.String("https://git.corp.example/reports/queries.git"),
		Revision:      jsii.String("v1.4"),
		Subdirectory:  jsii.String("sql"),
		Auth:          ic.GitAuth_Token(stored("token"), jsii.String("oauth2")),
		CaCertificate: authority,
		MaxSize:       cdk8s.Size_Mebibytes(jsii.Number(20)),
		Path:          jsii.String("/app/queries"),
	})
	ic.NewCloneRepository(reports, jsii.String("clone-themes"), &ic.CloneRepositoryProps{
		Url: jsii.String("git@git.corp.example:reports/themes.git"),
		Auth: ic.GitAuth_SshKey(
			ic.FileSource_FromSecret(warehouse, jsii.String("deploy-key"), nil),
			ic.FileSource_Inline(jsii.String("git.corp.example ssh-ed25519 AAAA\n")),
		),
		Depth:   jsii.Number(1),
		MaxSize: cdk8s.Size_Mebibytes(jsii.Number(20)),
		Path:    jsii.String("/app/themes"),
	})
	ic.NewCopyFiles(reports, jsii.String("copy-conf"), &ic.CopyFilesProps{
		Sources: &[]ic.FileTree{
			ic.FileTree_FromConfigMap(defaults, nil),
			ic.FileTree_FromSecret(warehouse, &ic.FileTreeOptions{
				Items:  &map[string]*kplus.PathMapping{"password": {Path: jsii.String("warehouse")}},
				Folder: jsii.String("keys"),
			}),
			ic.FileTree_FromTexts(&map[string]ic.FileSource{
				"pod.conf": ic.FileSource_Inline(jsii.String("pod = ${POD}\n")),
			}),
		},
		Variables: &map[string]kplus.EnvValue{
			"POD": kplus.EnvValue_FromFieldRef(kplus.EnvFieldPaths_POD_NAME, nil),
		},
		Path: jsii.String("/app/conf.d"),
	})
	addImports(chart, defaults, warehouse)
}

func addImports(chart cdk8s.Chart, defaults kplus.IConfigMap, warehouse kplus.ISecret) {
	imports := cdk8s.NewApiObject(chart, jsii.String("imports"), &cdk8s.ApiObjectProps{
		ApiVersion: jsii.String("keda.sh/v1alpha1"),
		Kind:       jsii.String("ScaledJob"),
	})
	container := map[string]any{"image": "importer:1.9", "name": "import"}
	pod := map[string]any{"spec": map[string]any{"containers": []any{container}}}
	imports.AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/spec"), map[string]any{
		"jobTargetRef": map[string]any{"template": pod},
	}))
	importer := ic.NewPodTemplate(imports, jsii.String("pod"), &ic.PodTemplateProps{
		SpecPath: jsii.String("/spec/jobTargetRef/template/spec"),
	})
	ic.NewInitStep(importer, jsii.String("migrate-imports"), &ic.InitStepProps{
		LikeContainer: jsii.String("import"),
		Command:       jsii.Strings("importer", "migrate", "--database=$(DATABASE)"),
		Env: &map[string]kplus.EnvValue{
			"DATABASE": kplus.EnvValue_FromValue(jsii.String("$(HOST)/imports")),
			"HOST":     warehouse.EnvValue(jsii.String("host"), nil),
		},
		EnvFrom:         &[]kplus.EnvFrom{kplus.Env_FromConfigMap(defaults, jsii.String("IMPORT_"))},
		WorkingDir:      jsii.String("/srv/importer"),
		ExpandVariables: jsii.Bool(true),
		RetryInterval:   cdk8s.Duration_Seconds(jsii.Number(5)),
		AttemptTimeout:  cdk8s.Duration_Seconds(jsii.Number(30)),
		FinalExitCodes:  &[]*float64{jsii.Number(3)},
	})
}
