using System.CommandLine;
using System.Globalization;
using System.Net;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option whose value is a port of this computer, <c>8080</c>, or an address with a port, <c>192.0.2.1:8080</c>.</summary>
public sealed class ListenOption : Option<IPEndPoint?>
{
    /// <summary>The option without a value where it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    public ListenOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "port";
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)) return new(IPAddress.Loopback, port);

            // The library takes an address alone for one with the port 0, and in 2001:db8::1:80 no port can be told.
            if ((text.StartsWith('[') || text.Count(':') == 1) && IPEndPoint.TryParse(text, out var address)
                && text.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{address.Port}"), StringComparison.Ordinal))
            {
                return address;
            }

            result.AddError(
                $"{name} '{text}' is no port; expected a number from 0 to {ushort.MaxValue}, or an address and a port, "
                + "such as 192.0.2.1:8080 or [2001:db8::1]:8080");
            return null;
        };
    }
}
