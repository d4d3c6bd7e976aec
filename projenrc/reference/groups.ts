/** The pages of the reference: each is called by its first type, and has the others on it. */
export type Page = readonly [main: string, ...others: string[]];

export interface Group {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** Steps have pages of their own in docs/steps/, behind what people write there by hand. */
export const STEPS: Group = {
  title: 'Steps',
  pages: [
    ['WaitForService', 'WaitForServiceProps'],
    ['WaitForCondition', 'WaitForConditionProps'],
    ['DownloadConfig', 'DownloadConfigProps'],
    ['DownloadArchive', 'DownloadArchiveProps'],
    ['CloneRepository', 'CloneRepositoryProps'],
    ['GenerateConfig', 'GenerateConfigProps'],
    ['GenerateEnv', 'GenerateEnvProps'],
    ['CopyFiles', 'CopyFilesProps'],
    ['CopyFromImage', 'CopyFromImageProps'],
    ['PrepareVolume', 'PrepareVolumeProps'],
    ['TrustCertificates', 'TrustCertificatesProps'],
    ['InitStep', 'InitStepProps', 'StepWarning', 'ApiAccess'],
    ['Sidecar', 'SidecarProps', 'SidecarProbes'],
  ],
};

export const REFERENCE: readonly Group[] = [
  {
    title: 'Options that steps share',
    pages: [
      ['InitStepOptions'], ['ProgramOptions'], ['FileStepProps'], ['FolderStepProps'], ['DownloadOptions'],
    ],
  },
  {
    title: 'What is waited for',
    pages: [
      ['Endpoint', 'TcpEndpointOptions', 'HttpEndpointOptions', 'ServiceEndpointOptions', 'DnsEndpointOptions'],
      ['AppProtocol'],
      ['HttpAuth', 'AwsSignatureOptions'],
      ['Condition'],
      ['ExternalObject', 'ExternalObjectProps'],
    ],
  },
  {
    title: 'Files',
    pages: [
      ['FileSource', 'KeyOptions'],
      ['FileTree', 'FileTreeOptions'],
      ['SharedDirectory', 'SharedDirectoryProps', 'MountAtOptions'],
      ['SharedFile'],
      ['OutputFile', 'OutputFileOptions'],
      ['OutputFolder', 'OutputFolderOptions'],
      ['IfPresent'],
      ['ArchiveFormat'],
      ['GitAuth'],
      ['RunAs'],
    ],
  },
  {
    title: 'Workloads',
    pages: [['PodTemplate', 'PodTemplateProps'], ['PodFragment', 'PodFragmentProps'], ['AppContainer']],
  },
  { title: 'Defaults', pages: [['InitDefaults', 'InitDefaultsProps'], ['Programs'], ['Warnings']] },
  {
    title: 'The start-up',
    pages: [
      ['StartupGraph'], ['StartupEdge'], ['StartupPosition'], ['Finding', 'FindingSeverity'], ['DeployOrder'],
    ],
  },
  { title: 'In tests and in cdk8s synth', pages: [['Manifests'], ['InitContainersValidation']] },
];
