"""Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts."""
from cdk8s import ApiObject, App, Chart, Duration, JsonPatch, Size
from cdk8s_init_containers import (
    AppProtocol,
    CloneRepository,
    Condition,
    CopyFiles,
    CopyFromImage,
    DeployOrder,
    DownloadArchive,
    DownloadConfig,
    Endpoint,
    ExternalObject,
    FileSource,
    FileTree,
    GenerateConfig,
    GitAuth,
    HttpAuth,
    IfPresent,
    InitDefaults,
    InitStep,
    OutputFile,
    PodFragment,
    PodTemplate,
    PrepareVolume,
    RunAs,
    SharedDirectory,
    Sidecar,
    StartupGraph,
    TrustCertificates,
    WaitForCondition,
    WaitForService,
)
from cdk8s_plus_28 import (
    ConfigMap,
    ContainerProps,
    Deployment,
    Env,
    EnvFieldPaths,
    EnvValue,
    PathMapping,
    PersistentVolumeClaim,
    PodSecurityContextProps,
    Probe,
    Secret,
    SecretValue,
    Volume,
)


SCRIPT = """until orders ping; do sleep 1; done
orders migrate >/reports/migration.json
"""


class MigrateSchema(InitStep):
    """Waits for a database, brings its schema up to date, and shows the app a report."""

    def __init__(self, scope, id, database):
        super().__init__(
            scope,
            id,
            image="orders:2.3",
            command=["sh", "-e", "/scripts/migrate.sh"],
            files={"/scripts/migrate.sh": FileSource.inline(SCRIPT)},
            output_files={"/reports/migration.json": OutputFile(path="/app/migration.json")},
            waits_for=[database],
            timeout=Duration.minutes(3),
        )


app = App()
chart = Chart(app, "every-step", namespace="orders")
InitDefaults.set(chart, registry="registry.corp.example/mirror", timeout=Duration.minutes(2))

orders = Deployment(
    chart,
    "orders",
    containers=[ContainerProps(image="orders:2.3")],
    security_context=PodSecurityContextProps(fs_group=10001),
)
database = Endpoint.tcp("orders-db", 5432, app_protocol=AppProtocol.POSTGRES)
credentials = Secret.from_secret_name(chart, "credentials", "orders-db")

WaitForService(
    orders,
    "wait",
    endpoints=[database, Endpoint.http("http://config-service/healthz")],
)
Sidecar(
    orders,
    "audit-agent",
    image="audit-agent:1.2",
    args=["--listen=localhost:9000"],
    startup=Probe.from_command(["audit-agent", "ping"], failure_threshold=6),
    readiness=Probe.from_http_get("/ready", port=9001),
)
cluster = ExternalObject(
    chart,
    "cluster",
    api_version="postgresql.cnpg.io/v1",
    kind="Cluster",
    name="warehouse",
    namespace_name="warehouse",
)
WaitForCondition(
    orders,
    "wait-for-warehouse",
    conditions=[Condition.met(cluster, "Ready")],
)
MigrateSchema(orders, "migrate-schema", database)
DownloadConfig(orders, "download-rates", url="http://config-service/rates.json", path="/app/rates.json")
GenerateConfig(
    orders,
    "app-conf",
    template=FileSource.inline("workers = ${WORKERS}\npassword = ${PASSWORD}\n"),
    variables={
        "WORKERS": EnvValue.from_value("8"),
        "PASSWORD": EnvValue.from_secret_value(SecretValue(secret=credentials, key="password")),
    },
    path="/app/app.conf",
    mode=0o640,
)

pod = PodFragment(chart, "wiki-pod", containers=["wiki"])
GenerateConfig(pod, "wiki-conf", template=FileSource.inline("title = Wiki\n"), path="/etc/wiki/wiki.conf")
wiki = ApiObject(chart, "wiki", api_version="argoproj.io/v1alpha1", kind="Application")
values = {
    "extraVolumeMounts": pod.volume_mounts("wiki"),
    "extraVolumes": pod.volumes,
    "initContainers": pod.init_containers,
}
wiki.add_json_patch(JsonPatch.add("/spec", {"source": {"helm": {"valuesObject": values}}}))

claim = PersistentVolumeClaim.from_claim_name(chart, "claim", "reports")
reports = Deployment(
    chart,
    "reports",
    containers=[ContainerProps(image="reports:1.4")],
    volumes=[Volume.from_persistent_volume_claim(chart, "volume", claim, name="data")],
)
user = RunAs.user(10001, 10001)
data = SharedDirectory.from_volume_name(reports, "data", "data")
data.mount_at("/data", read_only=False)
authority = FileSource.from_config_map(
    ConfigMap.from_config_map_name(chart, "authority", "corporate-ca"),
    "ca.crt",
)
defaults = ConfigMap.from_config_map_name(chart, "defaults", "report-defaults")
warehouse = Secret.from_secret_name(chart, "warehouse", "warehouse")

WaitForService(
    reports,
    "wait",
    endpoints=[
        database,
        Endpoint.tcp_from(warehouse.env_value("host"), warehouse.env_value("port")),
        Endpoint.url_from(warehouse.env_value("cache-url")),
        Endpoint.http(
            "https://ledger/health",
            headers={"X-Tenant": "${TENANT}"},
            variables={"TENANT": warehouse.env_value("tenant")},
            auth=HttpAuth.basic(EnvValue.from_value("reports"), warehouse.env_value("password")),
            ca_certificate=authority,
            body_contains='"status":"UP"',
        ),
        Endpoint.http(
            "https://s3.example.com/reports/ready",
            auth=HttpAuth.aws_signature(
                access_key_id=warehouse.env_value("key-id"),
                secret_access_key=warehouse.env_value("key"),
                region="eu-central-1",
            ),
        ),
        Endpoint.dns("printers", min_addresses=3),
    ],
)
TrustCertificates(reports, "trust-corp", certificates=[authority])
PrepareVolume(
    reports,
    "prepare-data",
    volume=data,
    folders=["conf"],
    owner=user,
    mode=0o750,
)
GenerateConfig(
    reports,
    "seed-conf",
    template=FileSource.concat(
        [
            FileSource.inline("title = Reports\n"),
            FileSource.from_config_map(defaults, "reports.conf", optional=True),
        ]
    ),
    directory=data,
    file_name="conf/reports.conf",
    if_present=IfPresent.KEEP,
    run_as=user,
)
CopyFromImage(
    reports,
    "copy-fonts",
    image="fonts:3.2",
    files={"corporate": "/usr/share/fonts/corporate"},
    path="/usr/share/fonts",
)
DownloadArchive(
    reports,
    "download-layouts",
    url="http://config-service/layouts.tar.gz",
    strip_components=1,
    max_size=Size.mebibytes(20),
    path="/app/layouts",
)
CloneRepository(
    reports,
    "clone-queries",
    url="https://git.corp.example/reports/queries.git",
    revision="v1.4",
    subdirectory="sql",
    auth=GitAuth.token(warehouse.env_value("token"), "oauth2"),
    ca_certificate=authority,
    max_size=Size.mebibytes(20),
    path="/app/queries",
)
CloneRepository(
    reports,
    "clone-themes",
    url="git@git.corp.example:reports/themes.git",
    auth=GitAuth.ssh_key(
        FileSource.from_secret(warehouse, "deploy-key"),
        FileSource.inline("git.corp.example ssh-ed25519 AAAA\n"),
    ),
    depth=1,
    max_size=Size.mebibytes(20),
    path="/app/themes",
)
CopyFiles(
    reports,
    "copy-conf",
    sources=[
        FileTree.from_config_map(defaults),
        FileTree.from_secret(warehouse, items={"password": PathMapping(path="warehouse")}, folder="keys"),
        FileTree.from_texts({"pod.conf": FileSource.inline("pod = ${POD}\n")}),
    ],
    variables={"POD": EnvValue.from_field_ref(EnvFieldPaths.POD_NAME)},
    path="/app/conf.d",
)

imports = ApiObject(chart, "imports", api_version="keda.sh/v1alpha1", kind="ScaledJob")
containers = [{"image": "importer:1.9", "name": "import"}]
imports.add_json_patch(JsonPatch.add("/spec", {"jobTargetRef": {"template": {"spec": {"containers": containers}}}}))
importer = PodTemplate(imports, "pod", spec_path="/spec/jobTargetRef/template/spec")
InitStep(
    importer,
    "migrate-imports",
    like_container="import",
    command=["importer", "migrate", "--database=$(DATABASE)"],
    env={
        "DATABASE": EnvValue.from_value("$(HOST)/imports"),
        "HOST": warehouse.env_value("host"),
    },
    env_from=[Env.from_config_map(defaults, "IMPORT_")],
    working_dir="/srv/importer",
    expand_variables=True,
    retry_interval=Duration.seconds(5),
    attempt_timeout=Duration.seconds(30),
    final_exit_codes=[3],
)
StartupGraph.of(app).annotate(DeployOrder.ARGO_CD)
app.synth()
