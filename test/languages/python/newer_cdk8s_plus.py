"""What of a newer cdk8s-plus the steps of a Deployment of it take, as the table in docs/languages.md has it."""
import sys

import cdk8s_plus_33 as kplus
from cdk8s import App, Chart
from cdk8s_init_containers import (
    Condition,
    CopyFiles,
    Endpoint,
    FileSource,
    FileTree,
    GenerateConfig,
    InitDefaults,
    InitStep,
    SharedDirectory,
    Sidecar,
    WaitForCondition,
)


def step(web, **props):
    InitStep(web, "step", image="tool:1.0", command=["true"], **props)


def generate(web, template, **props):
    GenerateConfig(web, "conf", template=template, path="/app/app.conf", **props)


def settings(web):
    return kplus.ConfigMap.from_config_map_name(web, "settings", "settings")


def wait_for_job(web):
    job = kplus.Job(web, "job", containers=[kplus.ContainerProps(image="job:1.0")])
    account = kplus.ServiceAccount.from_service_account_name(web, "same", "web")
    WaitForCondition(web, "wait", conditions=[Condition.completed(job)], service_account=account)


def volume(web):
    return kplus.Volume.from_empty_dir(web, "volume", "volume")


def copy(web, items):
    CopyFiles(web, "copy", sources=[FileTree.from_config_map(settings(web), items=items)], path="/copied")


ROWS = {
    "a workload, a Job": wait_for_job,
    "`Service`": lambda web: Endpoint.service(kplus.Service(web, "api", ports=[kplus.ServicePort(port=80)])),
    "`ConfigMap`": lambda web: generate(web, FileSource.from_config_map(settings(web), "app.conf")),
    "`Secret`": lambda web: generate(
        web, FileSource.from_secret(kplus.Secret.from_secret_name(web, "keys", "keys"), "app.conf")
    ),
    "`ServiceAccount`": wait_for_job,
    "`EnvValue`": lambda web: generate(
        web, FileSource.inline("${A}"), variables={"A": kplus.EnvValue.from_value("1")}
    ),
    "`ContainerResources`": lambda web: step(web, resources=kplus.ContainerResources()),
    "`ImagePullPolicy`, `EmptyDirMedium`, `Capability`": lambda web: InitDefaults.set(
        Chart(web, "chart"), image_pull_policy=kplus.ImagePullPolicy.ALWAYS
    ),
    "`PathMapping`": lambda web: copy(web, {"key": kplus.PathMapping(path="file")}),
    "`Volume`": lambda web: step(web, writes={"/data": volume(web)}),
    "`Probe`, `EnvFrom`": lambda web: Sidecar(
        web, "proxy", image="proxy:1.0", startup=kplus.Probe.from_tcp_socket(port=80)
    ),
    "`mount` of its container": lambda web: web.containers[0].mount("/data", SharedDirectory(web, "data")),
}


def is_taken(use):
    chart = Chart(App(), "chart", namespace="shop")
    account = kplus.ServiceAccount.from_service_account_name(chart, "account", "web")
    app = kplus.ContainerProps(image="web:1.0")
    try:
        use(kplus.Deployment(chart, "web", containers=[app], service_account=account))
        chart.to_json()
    except (RuntimeError, TypeError) as error:
        print(error, file=sys.stderr)
        return False
    return True


for row, use in ROWS.items():
    print(f"{row}: {'yes' if is_taken(use) else 'no'}")
