using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Client;

/// <summary>The result of a request.</summary>
public abstract record CoapResult
{
    private CoapResult()
    {
    }

    /// <summary>A response came, its payload put together from its blocks.</summary>
    public sealed record Answered(CoapMessage Response) : CoapResult;

    /// <summary>There is none.</summary>
    /// <param name="Problem">Why, for people.</param>
    public sealed record Failed(string Problem) : CoapResult;

    /// <summary>Nobody waits for it any more.</summary>
    public sealed record Cancelled : CoapResult;
}
