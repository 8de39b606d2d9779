using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace RbpfSpec.Dashboard.Web;

/// <summary>The answers of the dashboard: its page, and the state of the device. Nothing can be changed by it.</summary>
/// <param name="state">The state, in JSON.</param>
/// <param name="isOnlyHere">Whether nobody but this computer reaches it.</param>
internal sealed class Answers(Func<ReadOnlyMemory<byte>> state, bool isOnlyHere)
{
    private static readonly FrozenDictionary<string, (string Type, ReadOnlyMemory<byte> Bytes)> Files =
        new Dictionary<string, (string, ReadOnlyMemory<byte>)>
        {
            ["/"] = ("text/html; charset=utf-8", Embedded("index.html")),
            ["/page.css"] = ("text/css; charset=utf-8", Embedded("page.css")),
            ["/page.js"] = ("text/javascript; charset=utf-8", Embedded("page.js")),
            ["/chart.js"] = ("text/javascript; charset=utf-8", Embedded("chart.js")),
            ["/icon.svg"] = ("image/svg+xml", Embedded("icon.svg")),
        }.ToFrozenDictionary();

    /// <summary>Answers a request.</summary>
    public Task Answer(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        if (isOnlyHere && !IsThisComputer(context.Request.Host.Host))
            return Text(response, 421, "This page is asked for by its address.\n");
        if (context.Request.Method != "GET")
        {
            response.Headers.Allow = "GET";
            return Text(response, 405, "This page can be read, and nothing else.\n");
        }

        var path = context.Request.Path.Value ?? "";
        if (path == "/state.json") return Send(response, "application/json", state());
        return Files.TryGetValue(path, out var file)
            ? Send(response, file.Type, file.Bytes)
            : Text(response, 404, "There is no such page.\n");
    }

    // A page of somebody else's can give a name of its own this address, and would then be told all; an address is no such name.
    private static bool IsThisComputer(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static Task Text(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        return Send(response, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static Task Send(HttpResponse response, string type, ReadOnlyMemory<byte> bytes)
    {
        response.ContentType = type;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }

    private static ReadOnlyMemory<byte> Embedded(string name)
    {
        using var stream = typeof(Answers).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
