import type { Call } from "./call";

/**
 * Listeners of an NLB that end TLS. moto makes them, but refuses to change one; to change one that speaks HTTPS is the
 * same to it. So it is told of HTTPS, and whoever asks is told of TLS.
 */
export class TlsListeners {
  private readonly changed = new Set<string>();

  /** What moto is asked to do in place of changing a TLS listener. */
  public hide({ service, action, form }: Call, body: string): string {
    if (service !== "elasticloadbalancing" || action !== "ModifyListener") return body;
    const arn = String(form.get("ListenerArn"));
    if (form.get("Protocol") !== "TLS") {
      this.changed.delete(arn);
      return body;
    }
    this.changed.add(arn);
    const asHttps = new URLSearchParams(form);
    asHttps.set("Protocol", "HTTPS");
    return asHttps.toString();
  }

  /** An answer about listeners, in which the changed ones speak TLS. */
  public show(body: string): string {
    return body.replace(
      /<ListenerArn>([^<]+)<(?:(?!<ListenerArn>)[\s\S])*?<Protocol>HTTPS</g,
      (listener, arn: string) => (this.changed.has(arn) ? listener.replace(/HTTPS<$/, "TLS<") : listener),
    );
  }
}
