using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Serving.Network;

/// <summary>Addresses to listen on, as they are written: one of IPv4 and one of IPv6 at most.</summary>
public static class BindText
{
    /// <summary>The addresses that texts say, those of this computer itself if there are none; null if they make no sense.</summary>
    /// <param name="texts">The addresses, such as <c>192.0.2.1</c> or <c>2001:db8::1</c>.</param>
    /// <param name="problem">The text that is wrong and what would be right; empty if all make sense.</param>
    public static Sequence<IPAddress>? Parse(IEnumerable<string> texts, out string problem)
    {
        ArgumentNullException.ThrowIfNull(texts);
        List<IPAddress> addresses = [];
        foreach (var text in texts)
        {
            if (!IPAddress.TryParse(text, out var address))
            {
                problem = $"'{text}' is no address; expected one such as 192.0.2.1 or 2001:db8::1";
                return null;
            }

            if (addresses.Exists(other => other.AddressFamily == address.AddressFamily))
            {
                var family = address.AddressFamily is AddressFamily.InterNetwork ? "IPv4" : "IPv6";
                problem = $"{text} is the second one of {family}; expected one of each at most";
                return null;
            }

            addresses.Add(address);
        }

        problem = "";
        return addresses.Count == 0 ? Endpoint.Loopback : addresses.ToSequence();
    }
}
