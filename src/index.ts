export type { ApiAccess } from './api-access';
export type { AppContainer } from './app-container';
export { AppProtocol } from './app-protocol';
export { ArchiveFormat } from './archive-format';
export { Condition } from './condition';
export { DeployOrder } from './deploy-order';
export { Endpoint } from './endpoint';
export type {
  DnsEndpointOptions,
  HttpEndpointOptions,
  ServiceEndpointOptions,
  TcpEndpointOptions,
} from './endpoint-options';
export { ExternalObject, type ExternalObjectProps } from './external-object';
export { FileSource, type KeyOptions } from './file-source';
export { FileTree, type FileTreeOptions } from './file-tree';
export type { AwsSignatureOptions } from './aws-signature';
export { GitAuth } from './git-auth';
export { HttpAuth } from './http-auth';
export { IfPresent } from './if-present';
export { InitContainersValidation } from './init-containers-validation';
export { InitDefaults, type InitDefaultsProps } from './init-defaults';
export { InitStep } from './init-step';
export type { InitStepProps, StepWarning } from './init-step-props';
export type { OutputFile, OutputFileOptions } from './output-file';
export type { OutputFolder, OutputFolderOptions } from './output-folder';
export { PodFragment, type PodFragmentProps } from './pod-fragment';
export { PodTemplate, type PodTemplateProps } from './pod-template';
export type { ProgramOptions } from './program-options';
export { Programs } from './program-place';
export { RunAs } from './run-as';
export type { SidecarProbes } from './sidecar-probes';
export {
  SharedDirectory,
  SharedFile,
  type MountAtOptions,
  type SharedDirectoryProps,
} from './shared-directory';
export {
  FindingSeverity,
  StartupGraph,
  type Finding,
  type StartupEdge,
  type StartupPosition,
} from './startup-graph';
export type { InitStepOptions } from './step-options';
export { DownloadArchive, type DownloadArchiveProps } from './steps/download-archive';
export { DownloadConfig, type DownloadConfigProps } from './steps/download-config';
export type { DownloadOptions } from './steps/download-options';
export { CloneRepository, type CloneRepositoryProps } from './steps/clone-repository';
export { CopyFiles, type CopyFilesProps } from './steps/copy-files';
export { CopyFromImage, type CopyFromImageProps } from './steps/copy-from-image';
export type { FileStepProps } from './steps/file-step';
export type { FolderStepProps } from './steps/folder-step';
export { GenerateConfig, type GenerateConfigProps } from './steps/generate-config';
export { GenerateEnv, type GenerateEnvProps } from './steps/generate-env';
export { PrepareVolume, type PrepareVolumeProps } from './steps/prepare-volume';
export { Sidecar, type SidecarProps } from './steps/sidecar';
export { Warnings } from './warnings';
export {
  TrustCertificates, type TrustCertificatesProps,
} from './steps/trust-certificates';
export { WaitForCondition, type WaitForConditionProps } from './steps/wait-for-condition';
export { WaitForService, type WaitForServiceProps } from './steps/wait-for-service';
