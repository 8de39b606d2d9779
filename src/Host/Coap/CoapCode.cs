namespace RbpfSpec.Host.Coap;

/// <summary>The code of a message, RFC 7252 §3: a class of 3 bits and a detail of 5.</summary>
/// <param name="Value">The byte.</param>
public readonly record struct CoapCode(byte Value)
{
    /// <summary>0.00: no request and no response.</summary>
    public static CoapCode Empty => Of(0, 0);

    /// <summary>0.01.</summary>
    public static CoapCode Get => Of(0, 1);

    /// <summary>0.02.</summary>
    public static CoapCode Post => Of(0, 2);

    /// <summary>0.03.</summary>
    public static CoapCode Put => Of(0, 3);

    /// <summary>0.04.</summary>
    public static CoapCode Delete => Of(0, 4);

    /// <summary>2.01.</summary>
    public static CoapCode Created => Of(2, 1);

    /// <summary>2.02.</summary>
    public static CoapCode Deleted => Of(2, 2);

    /// <summary>2.03.</summary>
    public static CoapCode Valid => Of(2, 3);

    /// <summary>2.04.</summary>
    public static CoapCode Changed => Of(2, 4);

    /// <summary>2.05.</summary>
    public static CoapCode Content => Of(2, 5);

    /// <summary>2.31: the block is stored, the next one is awaited; RFC 7959.</summary>
    public static CoapCode Continue => Of(2, 31);

    /// <summary>4.00.</summary>
    public static CoapCode BadRequest => Of(4, 0);

    /// <summary>4.01.</summary>
    public static CoapCode Unauthorized => Of(4, 1);

    /// <summary>4.02.</summary>
    public static CoapCode BadOption => Of(4, 2);

    /// <summary>4.03.</summary>
    public static CoapCode Forbidden => Of(4, 3);

    /// <summary>4.04.</summary>
    public static CoapCode NotFound => Of(4, 4);

    /// <summary>4.05.</summary>
    public static CoapCode MethodNotAllowed => Of(4, 5);

    /// <summary>4.06.</summary>
    public static CoapCode NotAcceptable => Of(4, 6);

    /// <summary>4.08: a block before this one is missing; RFC 7959.</summary>
    public static CoapCode RequestEntityIncomplete => Of(4, 8);

    /// <summary>4.09: the state of the resource does not allow it; RFC 8132.</summary>
    public static CoapCode Conflict => Of(4, 9);

    /// <summary>4.13.</summary>
    public static CoapCode RequestEntityTooLarge => Of(4, 13);

    /// <summary>4.15.</summary>
    public static CoapCode UnsupportedContentFormat => Of(4, 15);

    /// <summary>4.22: it is well formed, and cannot be done; RFC 8132.</summary>
    public static CoapCode UnprocessableEntity => Of(4, 22);

    /// <summary>5.00.</summary>
    public static CoapCode InternalServerError => Of(5, 0);

    /// <summary>5.03.</summary>
    public static CoapCode ServiceUnavailable => Of(5, 3);

    /// <summary>5.04.</summary>
    public static CoapCode GatewayTimeout => Of(5, 4);

    /// <summary>5.05.</summary>
    public static CoapCode ProxyingNotSupported => Of(5, 5);

    /// <summary>The class, 0 to 7: 0 a request, 2 success, 4 a mistake of the client, 5 of the server; the others are reserved.</summary>
    public int Class => Value >> 5;

    /// <summary>The detail, 0 to 31.</summary>
    public int Detail => Value & 0x1f;

    /// <summary>Whether it is the code of a request.</summary>
    public bool IsRequest => Class == 0 && Detail != 0;

    /// <summary>Whether it is the code of a response.</summary>
    public bool IsResponse => Class is 2 or 4 or 5;

    /// <summary>Whether its class is reserved.</summary>
    public bool IsReserved => Class is 1 or 3 or 6 or 7;

    /// <summary>The code of a class and a detail.</summary>
    /// <param name="class">0 to 7.</param>
    /// <param name="detail">0 to 31.</param>
    public static CoapCode Of(int @class, int detail) => new((byte)((@class << 5) | detail));

    /// <summary>As it is written, such as 4.04.</summary>
    public override string ToString() => $"{Class}.{Detail:00}";
}
