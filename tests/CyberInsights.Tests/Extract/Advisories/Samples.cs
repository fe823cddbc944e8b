using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CyberInsights.Tests.Extract.Advisories;

/// <summary>Invented catalogues, advisories and records. No vendor, product or CVE id in them exists.</summary>
internal static class Samples
{
    internal const string Relay = "CVE-2025-99101";
    internal const string Gate = "CVE-2025-99102";
    internal const string Old = "CVE-2021-99103";

    internal static JsonObject Entry(
        string cve,
        string product,
        string added,
        string due = "2025-06-18",
        string ransomware = "Unknown"
    ) =>
        new()
        {
            ["cveID"] = cve,
            ["vendorProject"] = "Northline",
            ["product"] = product,
            ["vulnerabilityName"] = $"Northline {product} Authentication Bypass Vulnerability",
            ["dateAdded"] = added,
            ["shortDescription"] = $"Northline {product} lets anybody in who asks twice.",
            ["requiredAction"] = "Install version 4.2.1 or switch it off.",
            ["dueDate"] = due,
            ["knownRansomwareCampaignUse"] = ransomware,
            ["notes"] = "https://northline.example/advisory",
            ["cwes"] = new JsonArray("CWE-287"),
        };

    internal static string Catalogue(params JsonObject[] entries) =>
        new JsonObject
        {
            ["title"] = "CISA Catalog of Known Exploited Vulnerabilities",
            ["catalogVersion"] = "2025.05.28",
            ["dateReleased"] = "2025-05-28T10:00:00.1234Z",
            ["count"] = entries.Length,
            ["vulnerabilities"] = new JsonArray([.. entries]),
        }.ToJsonString();

    internal static JsonObject Advisory(string id, string version, string released, string? tlp = "WHITE") =>
        (JsonObject)
            JsonNode.Parse(
                $$$"""
                {
                  "document": {
                    "category": "csaf_security_advisory", "csaf_version": "2.0", "lang": "en",
                    "title": "Northline Relay lets anybody in",
                    "publisher": {"category": "vendor", "name": "Northline PSIRT", "namespace": "https://northline.example"},
                    "tracking": {"id": "{{{id}}}", "version": "{{{version}}}", "status": "final",
                      "initial_release_date": "2025-05-27T08:00:00Z", "current_release_date": "{{{released}}}"},
                    "distribution": {"tlp": {"label": "{{{tlp}}}"}},
                    "notes": [
                      {"category": "summary", "text": "Version {{{version}}} of this advisory tells how Relay can be entered without a password & <b>fast</b>."},
                      {"category": "legal_disclaimer", "text": "Everything as is."}],
                    "references": [
                      {"category": "self", "url": "https://original.example/one-for-several", "summary": "Original"},
                      {"category": "self", "url": "https://northline.example/{{{id}}}.json", "summary": "JSON"},
                      {"category": "self", "url": "https://northline.example/advisories/{{{id}}}", "summary": "Page"}]
                  },
                  "product_tree": {"branches": [{"category": "vendor", "name": "Northline", "branches": [
                    {"category": "product_name", "name": "Relay", "branches": [
                      {"category": "product_version", "name": "4.0", "product": {"product_id": "P1", "name": "Northline Relay 4.0"}},
                      {"category": "product_version", "name": "4.2.1", "product": {"product_id": "P2", "name": "Northline Relay 4.2.1"}}]}]}]},
                  "vulnerabilities": [{
                    "cve": "{{{Relay}}}", "title": "Missing check", "cwe": {"id": "CWE-287", "name": "Improper Authentication"},
                    "notes": [{"category": "description", "text": "The second request is not checked."}],
                    "product_status": {"known_affected": ["P1"], "fixed": ["P2"]},
                    "scores": [{"cvss_v3": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "baseScore": 9.8, "baseSeverity": "CRITICAL"}, "products": ["P1"]}],
                    "remediations": [{"category": "vendor_fix", "details": "Install 4.2.1.", "product_ids": ["P1"]}],
                    "threats": [{"category": "exploit_status", "details": "Used since May"}]
                  }]
                }
                """
            )!;

    internal static JsonObject Record(
        string cve,
        string published,
        double score = 7.5,
        string state = "PUBLISHED",
        string updated = "2025-05-28T09:00:00.000Z"
    ) =>
        (JsonObject)
            JsonNode.Parse(
                $$$"""
                {
                  "dataType": "CVE_RECORD", "dataVersion": "5.1",
                  "cveMetadata": {"cveId": "{{{cve}}}", "state": "{{{state}}}", "datePublished": "{{{published}}}", "dateUpdated": "{{{updated}}}"},
                  "containers": {
                    "cna": {
                      "providerMetadata": {"orgId": "1", "shortName": "Northline"},
                      "title": "Relay lets anybody in",
                      "descriptions": [{"lang": "de", "value": "Auf Deutsch."}, {"lang": "en", "value": "The second request is not checked."}],
                      "rejectedReasons": [{"lang": "en", "value": "Not a flaw after all."}],
                      "affected": [{"vendor": "Northline", "product": "Relay", "versions": [
                        {"version": "4.0", "status": "affected", "lessThan": "4.2.1", "versionType": "semver"},
                        {"version": "0", "status": "affected", "lessThanOrEqual": "3.9"}]}],
                      "problemTypes": [{"descriptions": [{"lang": "en", "type": "CWE", "cweId": "CWE-287", "description": "CWE-287 Improper Authentication"}]}],
                      "metrics": [{"cvssV3_1": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N", "baseScore": {{{score.ToString(
                    CultureInfo.InvariantCulture
                )}}}, "baseSeverity": "HIGH"}}],
                      "references": [{"url": "https://northline.example/advisory", "tags": ["vendor-advisory"]}, {"url": "javascript:alert(1)"}]
                    },
                    "adp": [{
                      "title": "CISA ADP Vulnrichment", "providerMetadata": {"orgId": "2", "shortName": "CISA-ADP"},
                      "references": [{"url": "https://northline.example/advisory", "tags": ["patch"]}, {"url": "https://gone.example/", "tags": ["broken-link"]}],
                      "metrics": [
                        {"other": {"type": "ssvc", "content": {"options": [{"Exploitation": "active"}, {"Automatable": "yes"}, {"Technical Impact": "total"}]}} },
                        {"other": {"type": "kev", "content": {"dateAdded": "2025-05-27", "reference": "https://cisa.example"}} }]
                    }]
                  }
                }
                """
            )!;

    internal const string Nvd = """
        {
          "resultsPerPage": 1, "startIndex": 0, "totalResults": 3, "format": "NVD_CVE", "version": "2.0",
          "vulnerabilities": [{"cve": {
            "id": "CVE-2025-99101", "sourceIdentifier": "psirt@northline.example", "published": "2025-05-27T10:15:07.123",
            "lastModified": "2025-05-28T01:00:00.000", "vulnStatus": "Analyzed",
            "cisaExploitAdd": "2025-05-27", "cisaActionDue": "2025-06-17", "cisaVulnerabilityName": "Northline Relay Authentication Bypass",
            "descriptions": [{"lang": "en", "value": "The second request is not checked."}],
            "metrics": {
              "cvssMetricV31": [{"source": "nvd@nist.gov", "type": "Primary", "cvssData": {"version": "3.1", "vectorString": "CVSS:3.1/AV:N", "baseScore": 9.8, "baseSeverity": "CRITICAL"}}],
              "cvssMetricV2": [{"source": "psirt@northline.example", "type": "Secondary", "cvssData": {"version": "2.0", "vectorString": "AV:N", "baseScore": 5}, "baseSeverity": "MEDIUM"}]},
            "weaknesses": [{"source": "nvd@nist.gov", "description": [{"lang": "en", "value": "CWE-287"}, {"lang": "en", "value": "NVD-CWE-noinfo"}]}],
            "configurations": [{"nodes": [{"operator": "OR", "negate": false, "cpeMatch": [
              {"vulnerable": true, "criteria": "cpe:2.3:a:northline:relay_server:*:*:*:*:*:*:*:*", "versionStartIncluding": "4.0", "versionEndExcluding": "4.2.1"}]}]}],
            "references": [{"url": "https://cert.example/1", "source": "psirt@northline.example", "tags": ["US Government Resource", "Patch"]}]
          }}]
        }
        """;

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
