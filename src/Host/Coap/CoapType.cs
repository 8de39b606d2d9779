namespace RbpfSpec.Host.Coap;

/// <summary>The type of a message, RFC 7252 §3.</summary>
public enum CoapType
{
    /// <summary>CON: it wants an acknowledgement.</summary>
    Confirmable = 0,

    /// <summary>NON: it wants none.</summary>
    NonConfirmable = 1,

    /// <summary>ACK: of a confirmable message, with a response or without.</summary>
    Acknowledgement = 2,

    /// <summary>RST: a message could not be processed.</summary>
    Reset = 3,
}
