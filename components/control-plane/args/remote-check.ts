import { problemIf } from "../../inputs/problem";
import type { Problem } from "../../plan/problem";
import { Profile } from "../../plan/enums";
import type { ControlPlaneArgs } from "./control-plane-args";
import type { IstioArgs } from "./istio-args";
import { remoteAddresses, remoteParts } from "../charts/remote";

/** Somebody must say where the control plane is. */
export function checkRemote({ profile, values }: IstioArgs): readonly Problem[] {
  const { service, injection } = remoteAddresses({ ...values?.istiod });
  const nowhere = service === undefined && injection === undefined;
  return problemIf(profile === Profile.Remote && nowhere, "istio.values.istiod", {
    given: values?.istiod,
    allowed: "with profile remote: global.remotePilotAddress or istiodRemote.injectionURL",
    suggestion: "set the address of the remote control plane",
  });
}

/** Tells what nothing here reads, because the control plane is elsewhere. */
export function warnOfRemote(istio: IstioArgs, controlPlane: ControlPlaneArgs): readonly string[] {
  if (istio.profile !== Profile.Remote) return [];
  const here = remoteParts({ ...istio.values?.istiod });
  const unread = [
    [
      "istio.meshConfig",
      istio.meshConfig !== undefined && !here.meshConfig,
      "the remote control plane has its own; with istio.values.istiod.configMap: true this cluster has one too.",
    ],
    ["controlPlane", Object.keys(controlPlane).length > 0 && !here.injector, "istiod's pods are elsewhere."],
    [
      "istio.imageHub",
      istio.imageHub !== undefined && !here.injector && istio.sidecarCni !== true,
      "the remote control plane decides the images of the pods that it injects.",
    ],
  ] as const;
  return [
    ...unread.flatMap(([path, is, why]) => (is ? [`${path}: nothing reads it: with profile remote ${why}`] : [])),
    ...(istio.sidecarCni === true
      ? [
          "istio.sidecarCni: the remote control plane must inject for it: set the same there, or pods keep their init containers.",
        ]
      : []),
  ];
}
