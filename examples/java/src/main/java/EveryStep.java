import io.github.cdk8sinitcontainers.AppProtocol;
import io.github.cdk8sinitcontainers.AwsSignatureOptions;
import io.github.cdk8sinitcontainers.CloneRepository;
import io.github.cdk8sinitcontainers.Condition;
import io.github.cdk8sinitcontainers.CopyFiles;
import io.github.cdk8sinitcontainers.CopyFromImage;
import io.github.cdk8sinitcontainers.DeployOrder;
import io.github.cdk8sinitcontainers.DnsEndpointOptions;
import io.github.cdk8sinitcontainers.DownloadArchive;
import io.github.cdk8sinitcontainers.DownloadConfig;
import io.github.cdk8sinitcontainers.Endpoint;
import io.github.cdk8sinitcontainers.ExternalObject;
import io.github.cdk8sinitcontainers.FileSource;
import io.github.cdk8sinitcontainers.FileTree;
import io.github.cdk8sinitcontainers.FileTreeOptions;
import io.github.cdk8sinitcontainers.GenerateConfig;
import io.github.cdk8sinitcontainers.GitAuth;
import io.github.cdk8sinitcontainers.HttpAuth;
import io.github.cdk8sinitcontainers.HttpEndpointOptions;
import io.github.cdk8sinitcontainers.IfPresent;
import io.github.cdk8sinitcontainers.InitDefaults;
import io.github.cdk8sinitcontainers.InitDefaultsProps;
import io.github.cdk8sinitcontainers.InitStep;
import io.github.cdk8sinitcontainers.InitStepProps;
import io.github.cdk8sinitcontainers.KeyOptions;
import io.github.cdk8sinitcontainers.MountAtOptions;
import io.github.cdk8sinitcontainers.OutputFile;
import io.github.cdk8sinitcontainers.PodFragment;
import io.github.cdk8sinitcontainers.PodTemplate;
import io.github.cdk8sinitcontainers.PrepareVolume;
import io.github.cdk8sinitcontainers.RunAs;
import io.github.cdk8sinitcontainers.SharedDirectory;
import io.github.cdk8sinitcontainers.Sidecar;
import io.github.cdk8sinitcontainers.StartupGraph;
import io.github.cdk8sinitcontainers.TcpEndpointOptions;
import io.github.cdk8sinitcontainers.TrustCertificates;
import io.github.cdk8sinitcontainers.WaitForCondition;
import io.github.cdk8sinitcontainers.WaitForService;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Duration;
import org.cdk8s.JsonPatch;
import org.cdk8s.Size;
import org.cdk8s.plus28.CommandProbeOptions;
import org.cdk8s.plus28.ConfigMap;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.Deployment;
import org.cdk8s.plus28.Env;
import org.cdk8s.plus28.EnvFieldPaths;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.HttpGetProbeOptions;
import org.cdk8s.plus28.IConfigMap;
import org.cdk8s.plus28.IPersistentVolumeClaim;
import org.cdk8s.plus28.ISecret;
import org.cdk8s.plus28.PathMapping;
import org.cdk8s.plus28.PersistentVolumeClaim;
import org.cdk8s.plus28.PersistentVolumeClaimVolumeOptions;
import org.cdk8s.plus28.PodSecurityContextProps;
import org.cdk8s.plus28.Probe;
import org.cdk8s.plus28.Secret;
import org.cdk8s.plus28.SecretValue;
import org.cdk8s.plus28.Volume;
import software.constructs.Construct;

/** Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts. */
public class EveryStep {
    static final String SCRIPT = "until orders ping; do sleep 1; done\norders migrate >/reports/migration.json\n";

    /** Waits for a database, brings its schema up to date, and shows the app a report. */
    static class MigrateSchema extends InitStep {
        MigrateSchema(Construct scope, String id, Endpoint database) {
            super(scope, id, InitStepProps.builder()
                .image("orders:2.3")
                .command(List.of("sh", "-e", "/scripts/migrate.sh"))
                .files(Map.of("/scripts/migrate.sh", FileSource.inline(SCRIPT)))
                .outputFiles(Map.of(
                    "/reports/migration.json", OutputFile.builder().path("/app/migration.json").build()))
                .waitsFor(List.of(database))
                .timeout(Duration.minutes(3))
                .build());
        }
    }

    public static void main(String[] args) {
        App app = new App();
        Chart chart = new Chart(app, "every-step", ChartProps.builder().namespace("orders").build());
        InitDefaults.set(chart, InitDefaultsProps.builder()
            .registry("registry.corp.example/mirror")
            .timeout(Duration.minutes(2))
            .build());

        Endpoint database = Endpoint.tcp("orders-db", 5432, TcpEndpointOptions.builder()
            .appProtocol(AppProtocol.POSTGRES)
            .build());
        addOrders(chart, database);
        addWiki(chart);
        addReports(chart, database);
        StartupGraph.of(app).annotate(DeployOrder.ARGO_CD);
        app.synth();
    }

    static void addOrders(Chart chart, Endpoint database) {
        Deployment orders = Deployment.Builder.create(chart, "orders")
            .containers(List.of(ContainerProps.builder().image("orders:2.3").build()))
            .securityContext(PodSecurityContextProps.builder().fsGroup(10001).build())
            .build();
        ISecret credentials = Secret.fromSecretName(chart, "credentials", "orders-db");

        WaitForService.Builder.create(orders, "wait")
            .endpoints(List.of(database, Endpoint.http("http://config-service/healthz")))
            .build();
        Sidecar.Builder.create(orders, "audit-agent")
            .image("audit-agent:1.2")
            .args(List.of("--listen=localhost:9000"))
            .startup(Probe.fromCommand(
                List.of("audit-agent", "ping"),
                CommandProbeOptions.builder().failureThreshold(6).build()))
            .readiness(Probe.fromHttpGet("/ready", HttpGetProbeOptions.builder().port(9001).build()))
            .build();
        ExternalObject cluster = ExternalObject.Builder.create(chart, "cluster")
            .apiVersion("postgresql.cnpg.io/v1")
            .kind("Cluster")
            .name("warehouse")
            .namespaceName("warehouse")
            .build();
        WaitForCondition.Builder.create(orders, "wait-for-warehouse")
            .conditions(List.of(Condition.met(cluster, "Ready")))
            .build();
        new MigrateSchema(orders, "migrate-schema", database);
        DownloadConfig.Builder.create(orders, "download-rates")
            .url("http://config-service/rates.json")
            .path("/app/rates.json")
            .build();
        GenerateConfig.Builder.create(orders, "app-conf")
            .template(FileSource.inline("workers = ${WORKERS}\npassword = ${PASSWORD}\n"))
            .variables(Map.of(
                "WORKERS", EnvValue.fromValue("8"),
                "PASSWORD", EnvValue.fromSecretValue(
                    SecretValue.builder().secret(credentials).key("password").build())))
            .path("/app/app.conf")
            .mode(0640)
            .build();
    }

    static void addWiki(Chart chart) {
        PodFragment pod = PodFragment.Builder.create(chart, "wiki-pod").containers(List.of("wiki")).build();
        GenerateConfig.Builder.create(pod, "wiki-conf")
            .template(FileSource.inline("title = Wiki\n"))
            .path("/etc/wiki/wiki.conf")
            .build();
        ApiObject wiki = ApiObject.Builder.create(chart, "wiki")
            .apiVersion("argoproj.io/v1alpha1")
            .kind("Application")
            .build();
        Map<String, Object> values = new TreeMap<>(Map.of(
            "initContainers", pod.getInitContainers(),
            "extraVolumes", pod.getVolumes(),
            "extraVolumeMounts", pod.volumeMounts("wiki")));
        wiki.addJsonPatch(JsonPatch.add("/spec",
            Map.of("source", Map.of("helm", Map.of("valuesObject", values)))));
    }

    static void addReports(Chart chart, Endpoint database) {
        IPersistentVolumeClaim claim = PersistentVolumeClaim.fromClaimName(chart, "claim", "reports");
        Deployment reports = Deployment.Builder.create(chart, "reports")
            .containers(List.of(ContainerProps.builder().image("reports:1.4").build()))
            .volumes(List.of(Volume.fromPersistentVolumeClaim(chart, "volume", claim,
                PersistentVolumeClaimVolumeOptions.builder().name("data").build())))
            .build();
        RunAs user = RunAs.user(10001, 10001);
        SharedDirectory data = SharedDirectory.fromVolumeName(reports, "data", "data");
        data.mountAt("/data", MountAtOptions.builder().readOnly(false).build());
        FileSource authority = FileSource.fromConfigMap(
            ConfigMap.fromConfigMapName(chart, "authority", "corporate-ca"), "ca.crt");
        IConfigMap defaults = ConfigMap.fromConfigMapName(chart, "defaults", "report-defaults");
        ISecret warehouse = Secret.fromSecretName(chart, "warehouse", "warehouse");

        WaitForService.Builder.create(reports, "wait")
            .endpoints(List.of(
                database,
                Endpoint.tcpFrom(warehouse.envValue("host"), warehouse.envValue("port")),
                Endpoint.urlFrom(warehouse.envValue("cache-url")),
                Endpoint.http("https://ledger/health", HttpEndpointOptions.builder()
                    .headers(Map.of("X-Tenant", "${TENANT}"))
                    .variables(Map.of("TENANT", warehouse.envValue("tenant")))
                    .auth(HttpAuth.basic(EnvValue.fromValue("reports"), warehouse.envValue("password")))
                    .caCertificate(authority)
                    .bodyContains("\"status\":\"UP\"")
                    .build()),
                Endpoint.http("https://s3.example.com/reports/ready", HttpEndpointOptions.builder()
                    .auth(HttpAuth.awsSignature(AwsSignatureOptions.builder()
                        .accessKeyId(warehouse.envValue("key-id"))
                        .secretAccessKey(warehouse.envValue("key"))
                        .region("eu-central-1")
                        .build()))
                    .build()),
                Endpoint.dns("printers", DnsEndpointOptions.builder().minAddresses(3).build())))
            .build();
        TrustCertificates.Builder.create(reports, "trust-corp").certificates(List.of(authority)).build();
        PrepareVolume.Builder.create(reports, "prepare-data")
            .volume(data)
            .folders(List.of("conf"))
            .owner(user)
            .mode(0750)
            .build();
        GenerateConfig.Builder.create(reports, "seed-conf")
            .template(FileSource.concat(List.of(
                FileSource.inline("title = Reports\n"),
                FileSource.fromConfigMap(defaults, "reports.conf", KeyOptions.builder().optional(true).build()))))
            .directory(data)
            .fileName("conf/reports.conf")
            .ifPresent(IfPresent.KEEP)
            .runAs(user)
            .build();
        CopyFromImage.Builder.create(reports, "copy-fonts")
            .image("fonts:3.2")
            .files(Map.of("corporate", "/usr/share/fonts/corporate"))
            .path("/usr/share/fonts")
            .build();
        DownloadArchive.Builder.create(reports, "download-layouts")
            .url("http://config-service/layouts.tar.gz")
            .stripComponents(1)
            .maxSize(Size.mebibytes(20))
            .path("/app/layouts")
            .build();
        CloneRepository.Builder.create(reports, "clone-queries")
            .url("https://git.corp.example/reports/queries.git")
            .revision("v1.4")
            .subdirectory("sql")
            .auth(GitAuth.token(warehouse.envValue("token"), "oauth2"))
            .caCertificate(authority)
            .maxSize(Size.mebibytes(20))
            .path("/app/queries")
            .build();
        CloneRepository.Builder.create(reports, "clone-themes")
            .url("git@git.corp.example:reports/themes.git")
            .auth(GitAuth.sshKey(
                FileSource.fromSecret(warehouse, "deploy-key"),
                FileSource.inline("git.corp.example ssh-ed25519 AAAA\n")))
            .depth(1)
            .maxSize(Size.mebibytes(20))
            .path("/app/themes")
            .build();
        CopyFiles.Builder.create(reports, "copy-conf")
            .sources(List.of(
                FileTree.fromConfigMap(defaults),
                FileTree.fromSecret(warehouse, FileTreeOptions.builder()
                    .items(Map.of("password", PathMapping.builder().path("warehouse").build()))
                    .folder("keys")
                    .build()),
                FileTree.fromTexts(Map.of("pod.conf", FileSource.inline("pod = ${POD}\n")))))
            .variables(Map.of("POD", EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME)))
            .path("/app/conf.d")
            .build();
        addImports(chart, defaults, warehouse);
    }

    static void addImports(Chart chart, IConfigMap defaults, ISecret warehouse) {
        ApiObject imports = ApiObject.Builder.create(chart, "imports")
            .apiVersion("keda.sh/v1alpha1")
            .kind("ScaledJob")
            .build();
        Map<String, Object> container = new TreeMap<>(Map.of("image", "importer:1.9", "name", "import"));
        imports.addJsonPatch(JsonPatch.add("/spec", Map.of("jobTargetRef",
            Map.of("template", Map.of("spec", Map.of("containers", List.of(container)))))));
        PodTemplate importer = PodTemplate.Builder.create(imports, "pod")
            .specPath("/spec/jobTargetRef/template/spec")
            .build();
        InitStep.Builder.create(importer, "migrate-imports")
            .likeContainer("import")
            .command(List.of("importer", "migrate", "--database=$(DATABASE)"))
            .env(Map.of("DATABASE", EnvValue.fromValue("$(HOST)/imports"), "HOST", warehouse.envValue("host")))
            .envFrom(List.of(Env.fromConfigMap(defaults, "IMPORT_")))
            .workingDir("/srv/importer")
            .expandVariables(true)
            .retryInterval(Duration.seconds(5))
            .attemptTimeout(Duration.seconds(30))
            .finalExitCodes(List.of(3))
            .build();
    }
}
