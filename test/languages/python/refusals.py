"""Prints what a user reads of three mistakes.

A wrong value, one in a step of one's own, and a patch that the synthesis refuses. Between them it synthesizes a step
that is warned of.
"""
from cdk8s import ApiObject, App, Chart, JsonPatch
from cdk8s_init_containers import Endpoint, InitStep, WaitForService
from cdk8s_plus_28 import ContainerProps, Deployment


class MigrateSchema(InitStep):
    def __init__(self, scope, id):
        super().__init__(scope, id, image="orders:2.3")


def print_refusal(of):
    try:
        of()
    except RuntimeError as error:
        print(error)


app = App()
web = Deployment(Chart(app, "refusals"), "web", containers=[ContainerProps(image="my-app:1.0")])

print_refusal(lambda: Endpoint.tcp("db", 70000))
print_refusal(lambda: MigrateSchema(web, "Migrate_Schema"))
WaitForService(web, "wait", endpoints=[Endpoint.tcp("db", 5432)])
InitStep(web, "migrate", command=["npm run migrate"])
app.synth()
ApiObject.of(web).add_json_patch(JsonPatch.remove("/spec/template/spec/initContainers/0"))
print_refusal(app.synth)
