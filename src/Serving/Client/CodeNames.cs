using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Client;

/// <summary>The names of the codes of responses, from the registry of RFC 7252 §12.1.2 with RFC 7959 and RFC 8132.</summary>
public static class CodeNames
{
    private static readonly Dictionary<(int Class, int Detail), string> Names = new()
    {
        [(2, 1)] = "Created",
        [(2, 2)] = "Deleted",
        [(2, 3)] = "Valid",
        [(2, 4)] = "Changed",
        [(2, 5)] = "Content",
        [(2, 31)] = "Continue",
        [(4, 0)] = "Bad Request",
        [(4, 1)] = "Unauthorized",
        [(4, 2)] = "Bad Option",
        [(4, 3)] = "Forbidden",
        [(4, 4)] = "Not Found",
        [(4, 5)] = "Method Not Allowed",
        [(4, 6)] = "Not Acceptable",
        [(4, 8)] = "Request Entity Incomplete",
        [(4, 9)] = "Conflict",
        [(4, 12)] = "Precondition Failed",
        [(4, 13)] = "Request Entity Too Large",
        [(4, 15)] = "Unsupported Content-Format",
        [(4, 22)] = "Unprocessable Entity",
        [(4, 29)] = "Too Many Requests",
        [(5, 0)] = "Internal Server Error",
        [(5, 1)] = "Not Implemented",
        [(5, 2)] = "Bad Gateway",
        [(5, 3)] = "Service Unavailable",
        [(5, 4)] = "Gateway Timeout",
        [(5, 5)] = "Proxying Not Supported",
    };

    /// <summary>The code and its name, such as <c>4.04 Not Found</c>; the code alone if it has none.</summary>
    public static string Described(this CoapCode code) =>
        Names.TryGetValue((code.Class, code.Detail), out var name) ? $"{code} {name}" : code.ToString();
}
